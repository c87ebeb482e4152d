import { start } from "../start.js";

void start(() => import("./pack.ts"));
