import { UNKNOWN, type Inputs, type StackExample } from "../example.ts";

/** A bucket whose setting is a resource beside it. */
export function beside(
    bucket: string,
    type: string,
    inputs: Inputs,
    input = "bucket",
): StackExample {
    return {
        title: `a setting in a ${type}`,
        good: [
            { name: "data", type: bucket, inputs: { kind: "StorageV2" } },
            {
                name: "setting",
                type,
                inputs: { [input]: UNKNOWN, ...inputs },
                references: { [input]: ["data"] },
            },
        ],
        breaks: [
            { title: "nothing sets it", remove: "setting", at: [["data", ""]] },
            {
                title: "it is set for another",
                set: ["setting", input, "another"],
                at: [["data", ""]],
            },
        ],
        undecided: ["setting", input],
    };
}

/** A bucket with the setting in its own inputs. */
export function inline(
    type: string,
    inputs: Inputs,
    set: readonly [path: string, value: boolean | string | undefined],
): StackExample {
    return {
        title: `a setting in the inputs of ${type}: ${JSON.stringify(inputs).slice(0, 60)}`,
        good: [{ name: "data", type, inputs }],
        breaks: [{ title: "it is not there", set: ["data", ...set], at: [["data", ""]] }],
        undecided: ["data", set[0]],
    };
}
