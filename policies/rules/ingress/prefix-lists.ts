import {
    attached,
    maybe,
    type Attachments,
    type Stack,
    type StackResource,
} from "../../runtime/stack.ts";
import { and, failIf, or, some, type Truth } from "../../runtime/truth.ts";
import { isWorld } from "../addresses.ts";
import { on, type StackCheck } from "../rule.ts";
import { awsReaders } from "./aws.ts";
import type { Ingress, PrefixLists } from "./ingress.ts";

const LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
const ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";

/** Finds what prefix lists let in, which stands in other resources than the ways in that name them. */
export function throughPrefixLists(bad: (way: Ingress) => Truth, message: string): StackCheck {
    const judges = Object.keys(awsReaders);
    return {
        judges,
        reads: [LIST, ENTRY],
        check: (stack) => {
            const lists = stack.all(LIST);
            const link = { types: [ENTRY], input: "prefixListId", names: ["id"] };
            const entries = attached(stack, lists, link);
            return stack.all(...judges).flatMap((resource) => {
                // Outputs repeat the rules that are resources of their own.
                const ways = awsReaders[resource.type]?.(resource.given) ?? [];
                return ways.flatMap((way) => {
                    if (way.prefixLists === undefined) return [];
                    const open = fromWorld(stack, entries, resource, way.prefixLists);
                    return on(resource, failIf(and(open, bad(way)), way.at, message));
                });
            });
        },
    };
}

/** Whether the lists hold the world. On preview their ids are unknown, and the references of the whole input stand in. */
function fromWorld(
    stack: Stack,
    entries: Attachments,
    resource: StackResource,
    { ids, input }: PrefixLists,
): Truth {
    const targets = stack.targets(resource, input).filter(({ type }) => type === LIST);
    const referred = targets.map((list) => holdsWorld(entries, list));
    const listed = ids.oneOrMany();
    const single = ids.state === "unknown" ? [ids] : [];
    return or(
        ...(listed.state === "known" ? listed.value : single).map((id) => {
            const text = id.text();
            const named = text.state === "known" ? stack.named(LIST, "id", text.value) : [];
            return named.length > 0
                ? or(...named.map((list) => holdsWorld(entries, list)))
                : alike(referred, { unknown: id.path });
        }),
    );
}

/** What all of them are, or else the answer for those who differ, and for none. */
function alike(answers: readonly Truth[], otherwise: Truth): Truth {
    const [first] = answers;
    return first !== undefined && answers.every((answer) => answer === first) ? first : otherwise;
}

function holdsWorld(entries: Attachments, list: StackResource): Truth {
    return or(
        some(list.given.get("entries"), (entry) => isWorld(entry.get("cidr"))),
        ...entries.of(list).map(({ inputs }) => isWorld(inputs.get("cidr"))),
        maybe(entries.loose, "prefixListId"),
    );
}
