/** Long synchronous work awaits it often, so that pending signals and timers run once in a while. */
export type Turn = () => Promise<void> | undefined;
