import { OUT_OF_SIGHT, section, type Framework } from "./framework.ts";

/**
 * The Trust Services Criteria of 2017 with the points of focus of 2022. All criteria of the five categories are listed:
 * 33 common ones, and those for availability, confidentiality, processing integrity and privacy.
 */
export const soc2: Framework = {
    name: "soc2",
    standard: "SOC 2",
    title: "SOC 2, Trust Services Criteria 2017 (2022)",
    list: "All 61 criteria of the five categories. Points of focus are not told apart.",
    outside: [
        ...OUT_OF_SIGHT,
        "Whether a control worked over the whole period of a Type II report: this looks at one day.",
    ],
    controls: [
        ...section("Control environment", [
            ["CC1.1", "Integrity and ethical values are lived", "people"],
            ["CC1.2", "The board oversees independently", "people"],
            ["CC1.3", "Structures, reporting lines and authorities are set", "paper"],
            ["CC1.4", "Competent people are hired and kept", "people"],
            ["CC1.5", "People are held accountable", "people"],
        ]),
        ...section("Communication and information", [
            ["CC2.1", "Information that controls need is at hand", "runtime"],
            ["CC2.2", "Objectives and duties are known inside", "people"],
            ["CC2.3", "Matters of control are told to outside parties", "contract"],
        ]),
        ...section("Risk assessment", [
            ["CC3.1", "Objectives are clear enough to find risks to them"],
            ["CC3.2", "Risks are found and analysed", "paper"],
            ["CC3.3", "The possibility of fraud is considered"],
            ["CC3.4", "Changes that could weaken controls are noticed"],
        ]),
        ...section("Monitoring activities", [
            ["CC4.1", "Controls are evaluated, ongoing or separately", "people"],
            ["CC4.2", "Deficiencies are reported and corrected in time", "people"],
        ]),
        ...section("Control activities", [
            ["CC5.1", "Control activities are chosen that mitigate risks", "paper"],
            ["CC5.2", "General controls over technology are chosen", "paper"],
            ["CC5.3", "Policies say what is expected, procedures put it into action", "paper"],
        ]),
        ...section("Logical and physical access", [
            ["CC6.1", "Software and architecture restrict access to information"],
            ["CC6.2", "Users are registered before they get credentials, and removed after"],
            ["CC6.3", "Access follows roles, least privilege and separation of duties"],
            ["CC6.4", "Physical access is restricted", "place"],
            ["CC6.5", "Data is made unreadable before its medium leaves protection", "place"],
            ["CC6.6", "The boundary is protected against threats from outside"],
            ["CC6.7", "Information is protected while it moves, and its movement restricted"],
            ["CC6.8", "Unauthorised or malicious software is prevented or detected"],
        ]),
        ...section("System operations", [
            ["CC7.1", "Changes of configuration and new vulnerabilities are detected"],
            ["CC7.2", "Anomalies are monitored and analysed"],
            ["CC7.3", "Security events are evaluated"],
            ["CC7.4", "Incidents are responded to"],
            ["CC7.5", "There is recovery from incidents", "people"],
        ]),
        ...section("Change management", [
            ["CC8.1", "Changes are authorised, tested, approved and documented"],
        ]),
        ...section("Risk mitigation", [
            ["CC9.1", "Risks of disruption are mitigated", "paper"],
            ["CC9.2", "Risks of vendors and partners are managed", "contract"],
        ]),
        ...section("Availability", [
            ["A1.1", "Capacity is watched, and grows with demand"],
            ["A1.2", "Protections, backups and recovery infrastructure are in place"],
            ["A1.3", "Recovery is tested", "runtime"],
        ]),
        ...section("Confidentiality", [
            ["C1.1", "Confidential information is identified and kept"],
            ["C1.2", "Confidential information is disposed of", "data"],
        ]),
        ...section("Processing integrity", [
            ["PI1.1", "What processing shall achieve is defined and told", "paper"],
            ["PI1.2", "Inputs are complete and accurate", "data"],
            ["PI1.3", "Processing does what it shall", "data"],
            ["PI1.4", "Outputs are complete, accurate and reach the right ones only"],
            ["PI1.5", "What is stored stays complete and accurate"],
        ]),
        ...section("Privacy", [
            ["P1.1", "People are told about privacy practices", "paper"],
            ["P2.1", "People have choices, and consent is obtained", "data"],
            ["P3.1", "Personal information is collected for its purpose only", "data"],
            ["P3.2", "Explicit consent precedes collection where it is needed", "data"],
            ["P4.1", "Personal information is used for its purpose only", "data"],
            ["P4.2", "Personal information is kept no longer than needed", "data"],
            ["P4.3", "Personal information is disposed of securely", "data"],
            ["P5.1", "People can see their information", "data"],
            ["P5.2", "People can have their information corrected", "data"],
            ["P6.1", "Disclosure to third parties has consent", "contract"],
            ["P6.2", "Authorised disclosures are recorded", "data"],
            ["P6.3", "Unauthorised disclosures are recorded", "runtime"],
            ["P6.4", "Vendors commit to privacy", "contract"],
            ["P6.5", "Vendors commit to report breaches", "contract"],
            ["P6.6", "Breaches are notified to those affected", "people"],
            ["P6.7", "People can have an account of what is held and disclosed", "data"],
            ["P7.1", "Personal information is kept accurate and complete", "data"],
            ["P8.1", "Complaints are taken and resolved, and privacy is monitored", "people"],
        ]),
    ],
};
