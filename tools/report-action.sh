#!/usr/bin/env bash
# What action.yml runs: builds a report, tells the next steps where it is, and puts its findings into the job's summary.
# Ends as talis-pd does: 0 done, 2 wrong input and no new report, 3 a gate failed and the report is there.
set -euo pipefail

arguments=(report "$CONFIG" --out "$OUT" --quiet)
if [[ -n "$BASELINE" ]]; then
	if [[ -e "$BASELINE" ]]; then
		arguments+=(--baseline "$BASELINE")
	else
		echo "::notice::There is no $BASELINE yet, so nothing is compared with an earlier report."
	fi
fi
[[ "$ALLOW_OUTSIDE" == true ]] && arguments+=(--allow-outside)
[[ -n "$AS_OF" ]] && arguments+=(--as-of "$AS_OF")
read -r -d '' -a gates <<<"${FAIL_ON//,/ }" || true
for gate in "${gates[@]}"; do
	# Without an earlier report nothing can have changed since.
	if [[ -n "$BASELINE" && ! -e "$BASELINE" && "$gate" != suppressed ]]; then continue; fi
	arguments+=(--fail-on "$gate")
done

status=0
message=$(node "$INSTALLED/node_modules/talis-pd/bin/talis-pd.js" "${arguments[@]}" 2>&1) || status=$?
[[ -n "$message" ]] && echo "$message"
if ((status != 0)); then
	# The signs that GitHub's annotations reserve.
	message=${message//'%'/%25}
	message=${message//$'\r'/%0D}
	echo "::error title=talis-pd::${message//$'\n'/%0A}"
fi
if ((status == 0 || status == 3)); then
	{
		echo "folder=$OUT"
		echo "page=$OUT/index.html"
		echo "results=$OUT/results.json"
		if ((status == 0)); then echo gate=passed; else echo gate=failed; fi
	} >>"$GITHUB_OUTPUT"
	cat "$OUT/summary.md" >>"$GITHUB_STEP_SUMMARY"
fi
exit "$status"
