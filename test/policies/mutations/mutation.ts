import type { Inputs, Json } from "../../../policies/examples/example.ts";
import type { PackConfig } from "../../../policies/runtime/settings.ts";

/** Something done to the platform's own prod stack that breaks one rule. */
export interface Mutation {
    readonly rule: string;
    /** What is wrong then, to complete "find that …". */
    readonly title: string;
    /** What is changed, in order; a step without `set` takes the resource away. */
    readonly do: readonly {
        /** The token as the program gives it. */
        readonly type: string;
        /** @default the first of its type */
        readonly name?: string;
        /** By path; `undefined` takes the input away. References of a changed input are lost. */
        readonly set?: Readonly<Record<string, Json | undefined>>;
        /** True to keep the references of the inputs that are changed. @default false */
        readonly keepReferences?: boolean;
    }[];
    /** What the changed resources are given in place of their own traits. */
    readonly traits?: { readonly protect?: boolean; readonly provider?: string };
    /** Resources beside the platform's own. */
    readonly add?: readonly {
        readonly type: string;
        readonly name: string;
        readonly inputs: Inputs;
        readonly protect?: boolean;
        /** The URN of its provider. @default one that is not in the stack */
        readonly provider?: string;
    }[];
    /** Levels and options, for rules that say nothing unless they are set up. */
    readonly options?: PackConfig;
    /** The path of a finding. */
    readonly at?: string;
    /** Rules that cannot but fire too, because what is done breaks them as well. */
    readonly also?: readonly string[];
}
