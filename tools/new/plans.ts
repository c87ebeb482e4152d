import { UserError } from "../lib/user-error.ts";
import { makePlan, type Program } from "../plan/make.ts";
import type { Finding, Plan, PlannedResource } from "../plan/model.ts";
import { isStop } from "../plan/show/findings.ts";

/** A stack before and after a change of its settings. */
export interface Plans {
    /** Undefined if the stack could not be planned before: its first site is being added. */
    readonly before: Plan | undefined;
    readonly after: Plan;
}

/** What to plan with. */
export interface PlanWith {
    readonly stack: string;
    readonly root: string;
    readonly program?: Program;
    readonly today?: string;
}

type Config = Readonly<Record<string, unknown>>;

/** Plans a stack by two configurations, neither of which has to stand in its file. */
export async function planBoth(before: Config, after: Config, how: PlanWith): Promise<Plans> {
    const options = { ...how, sources: false };
    const planned = await makePlan({ ...options, config: before }).catch((error: unknown) => {
        if (error instanceof UserError) return undefined;
        throw error;
    });
    return { before: planned, after: await makePlan({ ...options, config: after }) };
}

/** The resources that only the second plan has, without components and providers. */
export function addedResources({ before, after }: Plans): readonly PlannedResource[] {
    const known = new Set(before?.resources.map(({ urn }) => urn));
    return after.resources.filter(
        ({ urn, custom, token }) =>
            custom && !token.startsWith("pulumi:providers:") && !known.has(urn),
    );
}

/** The resources that both plans have, with other inputs. */
export function changedResources({ before, after }: Plans): readonly PlannedResource[] {
    const known = new Map(before?.resources.map((one) => [one.urn, JSON.stringify(one.inputs)]));
    return after.resources.filter(({ urn, custom, inputs }) => {
        const there = known.get(urn);
        return custom && there !== undefined && there !== JSON.stringify(inputs);
    });
}

/** What would stop the stack, and did not before. */
export function newStops({ before, after }: Plans): readonly Finding[] {
    const key = ({ rule, urn, path }: Finding) => JSON.stringify([rule, urn, path]);
    const known = new Set(before?.findings.filter(isStop).map(key));
    return after.findings.filter((finding) => isStop(finding) && !known.has(key(finding)));
}
