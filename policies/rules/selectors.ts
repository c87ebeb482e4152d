import type { Value } from "../runtime/reader.ts";
import { and, holds, not, some, type Truth } from "../runtime/truth.ts";

/** Whether labels satisfy a selector with `matchLabels` and `matchExpressions`. An empty selector takes all, none takes nothing. */
export function selects(selector: Value, labels: Value): Truth {
    if (selector.state === "absent") return false;
    const pairs = selector.get("matchLabels");
    const expressions = selector.get("matchExpressions");
    return and(
        holds(
            pairs,
            pairs.entries(),
            (entries) => and(...entries.map(([key, value]) => isSame(labels.get(key), value))),
            true,
        ),
        holds(
            expressions,
            expressions.list(),
            (list) => and(...list.map((expression) => satisfies(expression, labels))),
            true,
        ),
    );
}

function isSame(label: Value, wanted: Value): Truth {
    return holds(
        wanted,
        wanted.text(),
        (text) => holds(label, label.text(), (given) => given === text, false),
        false,
    );
}

function satisfies(expression: Value, labels: Value): Truth {
    const key = expression.get("key");
    const operator = expression.get("operator");
    const values = expression.get("values");
    return holds(
        key,
        key.text(),
        (name) => {
            const label = labels.get(name);
            const isThere: Truth =
                label.state === "unknown" ? { unknown: label.path } : label.state === "known";
            const isIn = some(values, (value) => isSame(label, value));
            return holds(
                operator,
                operator.text(),
                (word) => {
                    switch (word) {
                        case "In":
                            return isIn;
                        case "NotIn":
                            return not(isIn);
                        case "Exists":
                            return isThere;
                        case "DoesNotExist":
                            return not(isThere);
                        default:
                            return { unknown: operator.path };
                    }
                },
                false,
            );
        },
        false,
    );
}

/** The `key=value` pairs that a selector asks for, by which candidates are found without trying all. */
export function pairsOf(labels: Value): readonly string[] {
    const entries = labels.entries();
    if (entries.state !== "known") return [];
    return entries.value.flatMap(([key, value]) => {
        const text = value.text();
        return text.state === "known" ? [`${key}=${text.value}`] : [];
    });
}
