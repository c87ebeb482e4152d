import type * as pulumi from "@pulumi/pulumi";

/**
 * A published type in which every value may also be an output, for `satisfies` on custom resources: the SDK takes
 * anything as their spec, so nothing else would notice a misspelt field.
 */
export type Manifest<T> = T extends string | number | boolean | null | undefined
    ? pulumi.Input<T>
    : T extends readonly (infer Item)[]
      ? readonly Manifest<Item>[]
      : { readonly [Key in keyof T]: Manifest<T[Key]> };
