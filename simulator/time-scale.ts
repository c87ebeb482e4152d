/** How long a second of the real thing lasts by default, in seconds. */
const DEFAULT_SCALE = 0.01;

/** Reads SIM_TIME_SCALE. */
export function timeScale(environment: NodeJS.ProcessEnv = process.env): number {
    const text = environment["SIM_TIME_SCALE"];
    if (text === undefined || text === "") return DEFAULT_SCALE;
    const scale = Number(text);
    if (Number.isFinite(scale) && scale >= 0) return scale;
    throw new Error(`SIM_TIME_SCALE is "${text}"; it must be a number from 0, e.g. 0.01`);
}
