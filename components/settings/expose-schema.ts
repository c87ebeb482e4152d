import * as form from "./forms.ts";
import * as own from "./application-forms.ts";
import { entries, field, list, section } from "./shape.ts";

/** How an application is reached, in the user's terms. A word alone is the reach. */
export const expose = section(
    {
        reach: field(
            own.reach,
            "Who reaches it: nobody, applications of the site that call it, the connected networks, or the internet",
        ),
        hosts: field(list(own.host), "The names it answers to"),
        paths: field(list(form.urlPath), "The paths that lead to it, with all below them"),
        timeout: field(own.seconds(1, 3600), "Seconds within which it has to answer"),
        bodyLimit: field(own.size, "The largest request"),
        rateLimit: field(
            section({
                requests: field(own.count(1_000_000), "Requests that one client address may send"),
                per: field(own.unitOfTime, "The time in which it may send them"),
            }),
            "How much one client may ask",
        ),
        cors: field(
            section({
                origins: field(list(own.origin), "Origins whose pages may call it"),
                methods: field(list(own.method), "Methods they may use"),
                headers: field(list(own.header), "Headers they may send"),
                credentials: field(form.toggle, "Whether cookies go along"),
            }),
            "Which other origins' pages may call it",
        ),
        jwt: field(
            section({
                issuer: field(own.address, "Who signs the tokens"),
                audiences: field(
                    list(own.word("an audience", "shop-api")),
                    "For whom tokens have to be",
                ),
                jwks: field(own.address, "Where the issuer's keys are"),
            }),
            "Which requests are let through: only those with a valid token",
        ),
        redirects: field(entries(form.urlPath, own.target), "Paths that lead elsewhere"),
    },
    "reach",
);
