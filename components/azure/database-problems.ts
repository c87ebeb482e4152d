import type { DatabaseArgs } from "../contracts/database.ts";
import type { Problem } from "../lib/problem.ts";
import { amount } from "../lib/units.ts";
import { AZURE_LIMITS } from "./limits.ts";

type Check = (args: DatabaseArgs) => Problem | undefined;

const LIMITS = AZURE_LIMITS.database;

/** Refuses what PostgreSQL Flexible Server would. */
export function databaseProblems(args: DatabaseArgs): Problem[] {
    return [storage, retention, availability, username]
        .map((check) => check(args))
        .filter((problem) => problem !== undefined);
}

const storage: Check = (args) => {
    const steps: readonly number[] = LIMITS.storage.steps;
    if (steps.includes(amount(args.storage))) return undefined;
    return {
        path: "storage",
        value: args.storage,
        message: `is not a size that Azure sells: ${steps.join(", ")} GiB`,
        fix: "Choose the next larger one",
    };
};

const retention: Check = (args) => {
    const { min, max } = LIMITS.backupRetention;
    const days = amount(args.backupRetention);
    if (Number.isInteger(days) && days >= min && days <= max) return undefined;
    return {
        path: "backupRetention",
        value: args.backupRetention,
        message: `is not between ${min} and ${max} days`,
        fix: "Choose a period within that",
    };
};

const availability: Check = (args) => {
    const sizes: readonly string[] = LIMITS.highAvailabilitySizes;
    if (!args.highAvailability || sizes.includes(args.size)) return undefined;
    return {
        path: "size",
        value: args.size,
        message: "is a burstable size, which cannot have a standby",
        fix: `Choose ${sizes.join(", ")}, or highAvailability: false`,
    };
};

const username: Check = (args) => {
    const reserved: readonly string[] = LIMITS.reservedUsernames;
    const name = args.username.toLowerCase();
    if (!reserved.includes(name) && !name.startsWith("pg_")) return undefined;
    return {
        path: "username",
        value: args.username,
        message: "is reserved on Azure",
        fix: "Choose another, such as appadmin",
    };
};
