/** Names of what a user accepts in prod (`acknowledge`), each with what it accepts. */
export const ACKNOWLEDGEMENTS = {
    "unprotected-prod": "something in prod can be deleted by a single command",
    "single-zone-prod": "something in prod goes down with one zone",
    "short-backups-prod": "backups in prod are kept for less than 7 days",
    "plain-http-prod":
        "something in prod answers the internet without a certificate that browsers trust",
} as const;

export type Acknowledgement = keyof typeof ACKNOWLEDGEMENTS;
