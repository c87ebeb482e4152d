/** A listener's part that decides who gets in. */
interface Listener {
    readonly name: string;
    readonly port: number;
    readonly hostname?: string;
    readonly tls?: { readonly certificateRefs: readonly { readonly name: string }[] };
    readonly allowedRoutes: { readonly namespaces: unknown };
}

/** The listeners that a Gateway's spec says. */
export const listenersOf = (spec: Record<string, unknown>) => spec["listeners"] as Listener[];

/** What lets in routes of the namespaces that are exposed to the internet. */
export const FROM_PUBLIC = {
    from: "Selector",
    selector: { matchLabels: { "platform/exposed": "public" } },
};
