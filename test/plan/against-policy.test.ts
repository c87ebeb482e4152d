import assert from "node:assert/strict";
import type { JudgeAnswer } from "../../tools/plan/against/guardrails-there.ts";
import type { OtherGuardrails } from "../../tools/plan/against/model.ts";
import { foundOnlyThere, isWeaker, otherGuardrails } from "../../tools/plan/against/policy.ts";
import { isSame, verdict } from "../../tools/plan/against/words.ts";
import { comparePlans } from "../../tools/plan/against/compare.ts";
import { renderPage } from "../../tools/plan/html/page.ts";
import { renderDocument } from "../../tools/plan/markdown/document.ts";
import { showComparison } from "../../tools/plan/show/against.ts";
import { finding, planOf, resource, urn, VPC } from "./against-support.ts";

const NET = urn(VPC, "net");
const STOPS = finding("net-closed", NET);
const ADVICE = finding("net-tidy", NET, { level: "advisory" });

function other(more: Partial<OtherGuardrails> = {}): OtherGuardrails {
    return { findings: [STOPS], failure: "", accepted: false, ...more };
}

describe("the findings of the other revision's guardrails", () => {
    it("count where this revision's find nothing, wave through or make milder", () => {
        const waiver = { owner: "me", reason: "A test.", expires: "2027-01-31" };
        for (const here of [
            [],
            [{ ...STOPS, state: "waived" as const, waiver }],
            [{ ...STOPS, state: "unknown" as const }],
            [{ ...STOPS, level: "advisory" as const }],
            [{ ...STOPS, path: "egress" }],
        ]) {
            assert.deepEqual(foundOnlyThere([STOPS, ADVICE], [...here, ADVICE]), [STOPS]);
        }
    });

    it("do not count where this revision's are as strict, or stricter", () => {
        assert.deepEqual(foundOnlyThere([STOPS], [STOPS]), []);
        assert.deepEqual(foundOnlyThere([ADVICE], [{ ...ADVICE, level: "mandatory" }]), []);
        assert.deepEqual(foundOnlyThere([{ ...STOPS, state: "unknown" }], []), []);
        assert.deepEqual(foundOnlyThere([finding("waiver-unused", "")], []), []);
    });

    it("are those of the stack, or why there are none", () => {
        const judged: JudgeAnswer = { state: "judged", findings: [[], [STOPS]] };
        const found = { failure: "", accepted: false };
        assert.deepEqual(otherGuardrails(judged, 0, [], false), { ...found, findings: [] });
        assert.deepEqual(otherGuardrails(judged, 1, [], false), { ...found, findings: [STOPS] });
        assert.equal(otherGuardrails({ state: "missing" }, 0, [], false), undefined);
        const failed: JudgeAnswer = { state: "failed", reason: "no such thing" };
        assert.deepEqual(otherGuardrails(failed, 0, [], true), {
            findings: [],
            failure: "no such thing",
            accepted: true,
        });
    });

    it("stop the change if one is mandatory or nobody could judge, unless that is accepted", () => {
        assert.ok(isWeaker(other()));
        assert.ok(isWeaker(other({ findings: [], failure: "no such thing" })));
        assert.ok(!isWeaker(other({ findings: [ADVICE] })));
        assert.ok(!isWeaker(other({ accepted: true })));
        assert.ok(!isWeaker(undefined));
    });
});

describe("a comparison in which only the other revision's guardrails find something", () => {
    const plan = planOf([resource(VPC, "net")]);

    async function shown(guardrails: OtherGuardrails) {
        const sides = { base: plan, head: plan, revision: "main", commit: "0123456789abcdef" };
        const comparison = await comparePlans({ ...sides, guardrails });
        const screen = { write: () => undefined };
        return {
            comparison,
            terminal: showComparison(
                plan,
                comparison,
                { details: false, asked: { stack: "small" } },
                screen,
            ),
            markdown: renderDocument([{ plan, comparison }], { subject: "small", command: "x" }),
            page: renderPage({ plan, comparison }),
        };
    }

    it("says so first, whole and with what to do", async () => {
        const { comparison, terminal, markdown, page } = await shown(
            other({ findings: [STOPS, ADVICE] }),
        );
        assert.ok(!isSame(comparison));
        assert.match(verdict(comparison), /; 2 findings by the rules of main only$/);
        assert.match(
            terminal,
            /^Found by the rules of main, not by this revision's \(2\)\n\nnet-closed \(high\)/m,
        );
        assert.match(terminal, /accept it: --accept-policy-changes\.$/m);
        assert.match(
            markdown,
            /#### Found by the rules of <code>main<\/code>, not by this revision's \(1\)\n\n- \*\*<code>net-closed/,
        );
        assert.match(markdown, /> \[!CAUTION\]\n> - This change of the guardrails would let/);
        assert.match(markdown, /<summary>Found by .*, stopping nothing \(1\)<\/summary>/);
        assert.match(page, /<h3>Found by the rules of main, not by this revision&#39;s/);
        assert.match(page, /<div class="verdict bad">/);
    });

    it("ends with what to do about it, and only then with the plan itself", async () => {
        const last = (terminal: string) => terminal.split("\n").at(-1);
        const words = "Have the change of the guardrails accepted, and look again";
        assert.equal(
            last((await shown(other({ findings: [STOPS] }))).terminal),
            `Next  This is not to be deployed as it is. ${words}: npm run plan -- --stack small --against main`,
        );
        assert.equal(
            last((await shown(other({ accepted: true }))).terminal),
            "Next  The plan itself: npm run plan -- --stack small",
        );
    });

    it("says that it is accepted, and then stops nothing", async () => {
        const { terminal, markdown, page } = await shown(other({ accepted: true }));
        for (const text of [terminal, markdown, page]) {
            assert.match(text, /Accepted by /);
            assert.doesNotMatch(text, /would let that through/);
        }
        assert.match(page, /<div class="verdict good">/);
    });

    it("says why nobody could judge", async () => {
        const { comparison, terminal, markdown, page } = await shown(
            other({ findings: [], failure: "no such thing" }),
        );
        assert.ok(!isSame(comparison));
        assert.match(verdict(comparison), /; not judged by the rules of main$/);
        assert.match(terminal, /error: The rules of main could not judge .*:\nno such thing\n/);
        assert.match(markdown, /could not judge this revision: <code>no such thing<\/code>/);
        assert.match(page, /They could not judge this revision: <code>no such thing<\/code>/);
    });
});
