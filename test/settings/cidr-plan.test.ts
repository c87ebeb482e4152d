import assert from "node:assert/strict";
import fc from "fast-check";
import { contains, overlaps, prefixOf } from "../../components/lib/cidr.ts";
import { freeBlock, plannedBlock } from "../../components/settings/cidr-plan.ts";
import { parse } from "../../components/settings/parse.ts";
import { aws, azure, gcp, problemsOf, settingsOf, stack, TODAY } from "./support.ts";

const keys = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/), {
    minLength: 1,
    maxLength: 12,
});
const sitesOf = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, aws()]));

/** The blocks of a stack's sites, or undefined where it was refused. */
function blocksOf(names: readonly string[]): Map<string, string> | undefined {
    const parsed = parse(stack({ sites: sitesOf(names) }), { today: TODAY });
    return (
        parsed.settings &&
        new Map(parsed.settings.sites.map(({ site, network }) => [site, network.cidr]))
    );
}

/** Two site keys whose planned blocks are the same. */
function colliding(): [string, string] {
    const seen = new Map<string, string>();
    for (let number = 0; ; number++) {
        const key = `s${number}`;
        const block = plannedBlock(`myapp-dev-${key}`);
        const other = seen.get(block);
        if (other !== undefined) return [other, key];
        seen.set(block, key);
    }
}

describe("planned blocks", () => {
    it("are /16 blocks of 10.0.0.0/8 outside of what others use most", () => {
        fc.assert(
            fc.property(fc.string(), (name) => {
                const block = plannedBlock(name);
                assert.ok(contains("10.0.0.0/8", block));
                assert.equal(prefixOf(block), 16);
                assert.ok(!["10.0.0.0/16", "10.1.0.0/16", "10.100.0.0/16"].includes(block));
            }),
        );
    });

    it("stay what they are: another block would replace every network", () => {
        assert.equal(plannedBlock("myapp-dev-aws"), "10.135.0.0/16");
        assert.equal(plannedBlock("myapp-prod-aws"), "10.205.0.0/16");
        assert.equal(plannedBlock("myapp-prod-azure"), "10.47.0.0/16");
        assert.equal(plannedBlock("myapp-prod-gcp"), "10.211.0.0/16");
    });

    it("never overlap within a stack that is accepted", () => {
        fc.assert(
            fc.property(keys, (names) => {
                const blocks = [...(blocksOf(names)?.values() ?? [])];
                assert.equal(new Set(blocks).size, blocks.length);
            }),
        );
    });

    it("do not move when sites are added, removed or put in another order", () => {
        fc.assert(
            fc.property(keys, keys, (names, others) => {
                const before = blocksOf(names);
                const after = blocksOf([...new Set([...others, ...names.toReversed()])]);
                fc.pre(before !== undefined && after !== undefined);
                for (const [site, block] of before ?? []) assert.equal(after?.get(site), block);
            }),
        );
    });

    it("reject two sites that get the same one, with a free one to write down", () => {
        const [one, two] = colliding();
        const [own, free] = [
            plannedBlock(`myapp-dev-${one}`),
            freeBlock(`myapp-dev-${two}`, [plannedBlock(`myapp-dev-${one}`)]),
        ];
        assert.deepEqual(problemsOf(stack({ sites: sitesOf([one, two]) })), [
            `sites.${two}.network.cidr: of ${two} is ${own} (planned), which overlaps ${own} (planned) of ${one}, so the sites could never be connected. Write a block of its own, like ${free}, at the newer of the two sites: the other keeps its network.`,
        ]);
        const fixed = { [one]: aws(), [two]: aws({ network: { cidr: free } }) };
        const { sites } = settingsOf(stack({ sites: fixed }));
        assert.deepEqual(
            sites.map(({ network }) => network.cidr),
            [own, free],
        );
    });

    it("reject blocks that were written down and overlap", () => {
        const sites = {
            a: aws({ network: { cidr: "10.20.0.0/16" } }),
            b: azure({ network: { cidr: "10.16.0.0/12" } }),
            c: gcp({ network: { cidr: "10.21.0.0/16" } }),
        };
        const problems = problemsOf(stack({ sites }));
        assert.equal(problems.length, 2);
        assert.match(
            problems[0] ?? "",
            /^sites\.b\.network\.cidr: of b is 10\.16\.0\.0\/12, which overlaps 10\.20\.0\.0\/16 of a,/,
        );
        assert.match(
            problems[1] ?? "",
            /^sites\.c\.network\.cidr: of c is 10\.21\.0\.0\/16, which overlaps 10\.16\.0\.0\/12 of b,/,
        );
    });

    it("reject one block for all sites of a stack", () => {
        const problems = problemsOf(
            stack({ network: { cidr: "10.20.0.0/16" }, sites: { a: aws(), b: gcp() } }),
        );
        assert.equal(problems.length, 1);
        assert.match(
            problems[0] ?? "",
            /^network\.cidr: of b is 10\.20\.0\.0\/16, which overlaps .* of a,/,
        );
    });

    it("offer free blocks that overlap nothing, and none when all are taken", () => {
        const taken = [plannedBlock("x")];
        const free = freeBlock("x", taken);
        assert.ok(free !== undefined && taken.every((block) => !overlaps(block, free)));
        assert.equal(freeBlock("x", ["10.0.0.0/8"]), undefined);
    });
});
