import { OUT_OF_SIGHT, section, type Framework } from "./framework.ts";

/**
 * The articles of Regulation (EU) 2016/679 that concern the security of processing, its records, breaches and transfers.
 * The rights of people, lawfulness and supervision are left out: nothing of them shows in a stack.
 */
export const gdpr: Framework = {
    name: "gdpr",
    standard: "GDPR",
    title: "GDPR, Regulation (EU) 2016/679",
    list: "Articles 5, 24, 25, 28 to 30, 32 to 36 and 44 to 49. All others concern law and people.",
    outside: [
        ...OUT_OF_SIGHT,
        "Why data is processed, on what legal ground, and whether people's rights are served.",
        "Whether a provider's contract and a country's law allow a transfer: regions are all that shows.",
    ],
    controls: [
        ...section("Principles", [
            ["5(1)(a)", "Processing is lawful, fair and transparent", "paper"],
            ["5(1)(b)", "Data serves the purpose that it was collected for", "data"],
            ["5(1)(c)", "No more data is processed than is needed", "data"],
            ["5(1)(d)", "Data is accurate", "data"],
            ["5(1)(e)", "Data is kept no longer than is needed"],
            ["5(1)(f)", "Data is kept whole and confidential"],
            ["5(2)", "The controller can show all this", "paper"],
        ]),
        ...section("Controller and processor", [
            ["24", "The controller takes measures, and can show them", "paper"],
            ["25", "Data is protected by design and by default"],
            ["28", "Processors are bound by contract", "contract"],
            ["29", "Processors act on instruction only", "contract"],
            ["30", "Records of processing are kept"],
        ]),
        ...section("Security", [
            ["32", "Measures of security fit the risk"],
            ["33", "Breaches are notified to the authority in time", "people"],
            ["34", "Breaches are told to those affected", "people"],
        ]),
        ...section("Impact assessment", [
            ["35", "The impact of risky processing is assessed", "paper"],
            ["36", "The authority is consulted where risks remain", "paper"],
        ]),
        ...section("Transfers", [
            ["44", "Data leaves for other countries under the conditions of this chapter only"],
            ["45", "Transfers rest on a decision of adequacy", "contract"],
            ["46", "Transfers rest on appropriate safeguards", "contract"],
            ["47", "Groups of companies have binding rules", "contract"],
            ["48", "Foreign orders alone do not justify a transfer", "contract"],
            ["49", "Exceptions are used for single cases only", "paper"],
        ]),
    ],
};
