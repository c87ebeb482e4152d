import type { Value } from "../../runtime/reader.ts";

/** An add-on of a cluster. Azure takes its name in any case, so programs write it in several. */
export function addon(inputs: Value, name: string): Value {
    const profiles = inputs.get("addonProfiles");
    const entries = profiles.entries();
    const found =
        entries.state === "known"
            ? entries.value.find(([key]) => key.toLowerCase() === name.toLowerCase())
            : undefined;
    return found?.[1] ?? profiles.get(name);
}
