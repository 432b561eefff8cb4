import { foldCase } from "../codebook/meaning/answers.js";

/** Answers of usual scales from the lowest to the highest; of one step several wordings, in the languages used here. */
const SCALES: readonly (readonly RegExp[])[] = [
	// Agreement and satisfaction.
	[
		/^(strongly|completely|totally|very) (dis|un)|^мүлдем (келіс|қанағат)|^(полностью|совершенно|категорически|абсолютно) не/,
		/^(mostly |somewhat |rather |tend to )?dis|^unsatisfied|^(негізінен |ішінара )?келіспе|^қанағаттанба|^(скорее |частично )?не (соглас|удовл)/,
		/^(neither|neutral|undecided|unsure)|^(бейтарап|орташа)|^(нейтральн|ни то|затруд|нечто среднее)/,
		/^(mostly |somewhat |rather |tend to )?(agree|satisfied)|^(негізінен |ішінара )?(келісемін|қанағаттанамын)|^(скорее |частично )?(соглас|удовл)/,
		/^(strongly|completely|totally|very) (agree|satisfied)|^(толық|өте|толығымен) (келіс|қанағат)|^(полностью|совершенно|очень|абсолютно) (соглас|удовл)/,
	],
	// Frequency.
	[
		/^never|^ешқашан|^никогда/,
		/^(almost never|hardly ever|very rarely)|^ешқашан дерлік|^почти никогда/,
		/^(rarely|seldom)|^сирек|^редко/,
		/^(sometimes|occasionally)|^(кейде|анда-санда)|^(иногда|время от времени)/,
		/^(often|frequently)|^(жиі)|^часто/,
		/^(usually|mostly|very often)|^(әдетте|өте жиі)|^(обычно|очень часто)/,
		/^(always|almost always)|^(әрдайым|әрқашан)|^(всегда|почти всегда|постоянно)/,
	],
	// Extent.
	[
		/^(not at all|none|not)|^(мүлдем|жоқ)|^(совсем не|нисколько|никак|вообще не|нет)/,
		/^(very little|a little|slightly|to a small extent|a bit)|^(аздап|шамалы|аз)|^(немного|слабо|в малой степени|мало)/,
		/^(somewhat|to some extent|moderately|partly)|^(біршама|белгілі бір|ішінара)|^(в некоторой|отчасти|частично|умеренно|средне)/,
		/^(quite a bit|quite a lot|to a large extent|considerably)|^(едәуір|айтарлықтай|көп)|^(довольно|значительно|в значительной|в большой|много)/,
		/^(a lot|very much|extremely|completely|fully|to a very large)|^(өте|толық)|^(очень|полностью|в полной|в очень)/,
	],
	// Levels, such as those of need or importance.
	[
		/^(no |none|not )|^(жоқ|қажет емес|қажеттілік жоқ)|^(нет|не |отсутствует)/,
		/^(very low)|^өте төмен|^(очень низк)/,
		/^(low|of low|minor|slight)|^төмен|^(низк|невысок|слаб)/,
		/^(moderate|medium|average|middle)|^орта|^(средн|умеренн)/,
		/^(high|of high|major|important)|^жоғары|^(высок|важн)/,
		/^(very high|very important|essential)|^өте (жоғары|маңызды)|^(очень (высок|важн))/,
	],
	// Quality.
	[
		/^(very poor|very bad|terrible)|^өте (нашар|жаман)|^очень плох/,
		/^(poor|bad)|^(нашар|жаман)|^плох/,
		/^(fair|acceptable|satisfactory|average|ok|okay)|^(қанағаттанарлық|орташа)|^(удовлетвор|средн|нормальн)/,
		/^good|^жақсы|^хорош/,
		/^very good|^өте жақсы|^очень хорош/,
		/^(excellent|outstanding)|^тамаша|^(отличн|превосход)/,
	],
];

/**
 * Answers in words in the order of what they mean, where they are of one usual scale; else undefined.
 * @example
 * inOrderOfMeaning(["Always", "Never", "Sometimes"]); // ["Never", "Sometimes", "Always"]
 */
export function inOrderOfMeaning(answers: readonly string[]): string[] | undefined {
	for (const scale of SCALES) {
		const steps = answers.map((answer) => scale.findLastIndex((step) => step.test(foldCase(answer.trim()))));
		if (steps.includes(-1) || new Set(steps).size < answers.length) continue;
		return answers.toSorted(
			(a, b) => (steps[answers.indexOf(a)] as number) - (steps[answers.indexOf(b)] as number),
		);
	}
	return undefined;
}
