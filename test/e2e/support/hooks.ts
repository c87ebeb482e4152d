import { disposeBases } from "./stage.ts";

/** Loaded by mocha itself: clears up once, after all scenarios. */
export const mochaHooks = { afterAll: disposeBases };
