import assert from "node:assert/strict";
import {
    broken,
    change,
    type Example,
    type Inputs,
    type Circumstances,
    type ExampleResource,
} from "../../policies/examples/example.ts";
import { examples, stackExamples } from "../../policies/examples/index.ts";
import { levelOf } from "../../policies/rules/rule.ts";
import { ruleOf, UNKNOWN } from "./judge.ts";
import { givePlatformPack, type RunningPack, type Finding, type Sent } from "./pack.ts";

/** Where a finding stands, which its second line begins with; a finding about the whole resource has no path. */
function pathIn({ message }: Finding): string {
    return /^(\S+): /.exec(message.split("\n")[1] ?? "")?.[1] ?? "";
}

function sorted<T>(list: readonly T[]): readonly T[] {
    return [...list].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

/** The example's resources as the engine sends them, with the references between them. */
function send(resources: readonly ExampleResource[]): readonly Sent[] {
    const bare = (name: string): Sent => {
        const found = resources.find((resource) => resource.name === name);
        return { name, type: found?.type ?? "missing", inputs: {} };
    };
    return resources.map(({ references = {}, parent, ...resource }) => ({
        ...resource,
        ...(parent !== undefined && { parent: bare(parent) }),
        references: Object.fromEntries(
            Object.entries(references).map(([input, names]) => [input, names.map(bare)]),
        ),
    }));
}

/** An example as it is sent, and where it is found. */
interface Case {
    readonly title: string;
    readonly sent: Sent;
    readonly at: readonly string[];
}

/** The good, broken and undecided forms of examples, by the options that they are judged with. */
function casesByOptions(
    resources: readonly Example[],
): ReadonlyMap<Inputs | undefined, readonly Case[]> {
    const all = new Map<Inputs | undefined, Case[]>();
    const add = (options: Inputs | undefined, one: Case) => {
        const others = all.get(options);
        if (others === undefined) all.set(options, [one]);
        else others.push(one);
    };
    resources.forEach(({ good, breaks, undecided, ...example }, number) => {
        const sent = { ...example, name: `good-${number}`, inputs: good };
        add(example.options, { title: "good", sent, at: [] });
        breaks.forEach(({ set, at, title, options = example.options, ...given }, which) => {
            const inputs = set === undefined ? good : change(good, ...set);
            const name = `bad-${number}-${which}`;
            add(options, { title, sent: { ...sent, ...given, name, inputs }, at });
        });
        if (undecided === undefined) return;
        const inputs = change(good, undecided, UNKNOWN);
        const name = `undecided-${number}`;
        add(example.options, { title: "undecided", sent: { ...sent, name, inputs }, at: [] });
    });
    return all;
}

describe("the pack policies/platform over gRPC", function () {
    let pack: RunningPack;
    givePlatformPack((started) => (pack = started));

    /** Gives a rule options; without any, all rules go back to their own. */
    async function giveOptions(id: string, options: Inputs | undefined): Promise<void> {
        if (options === undefined) await pack.configure({});
        else await pack.configure({ [id]: levelOf(ruleOf(id)) }, { [id]: options });
    }

    for (const [id, resources] of Object.entries(examples)) {
        it(`${id} finds in its examples what is broken, and nothing else`, async () => {
            const level = levelOf(ruleOf(id));
            // The options in force are the whole pack's, so what shares them is asked at once.
            for (const [options, cases] of casesByOptions(resources)) {
                await giveOptions(id, options);
                const asked = cases.map(async ({ sent, at, title }) => {
                    const findings = await pack.judge(sent, id);
                    const paths = findings.map(pathIn);
                    assert.deepEqual(sorted(paths), sorted(at), `${sent.type}: ${title}`);
                    assert.ok(findings.every((finding) => finding.level === level));
                });
                await Promise.all(asked);
            }
        });
    }

    for (const [id, stacks] of Object.entries(stackExamples)) {
        it(`${id} finds in its stacks what is broken, and nothing else`, async () => {
            const judge = async (resources: readonly ExampleResource[], given: Circumstances) => {
                await giveOptions(id, given.options);
                const findings = await pack.judgeStack(send(resources), id);
                return findings.map((finding) => [finding.urn.split("::").at(-1), pathIn(finding)]);
            };
            for (const example of stacks) {
                const { good, breaks, title } = example;
                assert.deepEqual(await judge(good, example), [], title);
                for (const one of breaks) {
                    const found = await judge(broken(good, one), { ...example, ...one });
                    // The wire keeps no order of keys.
                    assert.deepEqual(sorted(found), sorted(one.at), `${title}: ${one.title}`);
                }
            }
        });
    }
});
