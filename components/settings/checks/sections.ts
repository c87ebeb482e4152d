/** The sections of a site whose entries hold data. */
export const DATA_SECTIONS = [
    "databases",
    "registries",
    "objectStores",
    "caches",
    "queues",
    "streams",
    "searches",
    "sharedFiles",
] as const;
