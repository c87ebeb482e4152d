import type { Stack, StackResource } from "../../runtime/stack.ts";
import { STORAGE_ACCOUNT } from "./settings.ts";

/** The account of a blob service, which says what the service can do; undefined if it is not the stack's. */
export function accountOf(stack: Stack, service: StackResource): StackResource | undefined {
    const input = "accountName";
    const referred = stack.targets(service, input).find(({ type }) => type === STORAGE_ACCOUNT);
    const name = service.given.get(input).text();
    if (referred !== undefined || name.state !== "known") return referred;
    return [input, "name"].flatMap((path) => stack.named(STORAGE_ACCOUNT, path, name.value))[0];
}
