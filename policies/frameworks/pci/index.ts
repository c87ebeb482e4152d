import { OUT_OF_SIGHT, type Framework } from "../framework.ts";
import { monitoringAndPolicy } from "./monitoring-and-policy.ts";
import { networkAndData } from "./network-and-data.ts";
import { softwareAndAccess } from "./software-and-access.ts";

/**
 * PCI DSS 4.0.1: all requirements of the defined approach, down to the third level and below, with appendices A1 and A2.
 * A3 is for entities that a brand or an acquirer designates, and is left out. 2.2 stands as a whole because rules name it.
 */
export const pci: Framework = {
    name: "pci",
    standard: "PCI DSS",
    title: "PCI DSS 4.0.1",
    list:
        "Requirements 1 to 12 and appendices A1 and A2, without A3. Written from knowledge of the standard and not " +
        "compared with its text: the standard decides.",
    outside: [
        ...OUT_OF_SIGHT,
        "Which resources are in scope: every resource of the stack is counted as if it were.",
    ],
    controls: [...networkAndData, ...softwareAndAccess, ...monitoringAndPolicy],
};
