import type { CloudName } from "../../components/contracts/cloud.ts";
import { FACTS } from "../../components/settings/clouds.ts";
import type { SiteAnswers } from "./arguments.ts";
import { given } from "./words.ts";

/** The settings of a site, as short as they can be written. */
export function siteSettings(answers: SiteAnswers): Record<string, unknown> {
    const { cloud, region, account, administrator, cidr, network, domain } = answers;
    // Each cloud has its own word for what is paid for. A wrong name of a cloud is left to the settings.
    const word = Object.hasOwn(FACTS, cloud ?? "") ? FACTS[cloud as CloudName].account : "account";
    return given({
        cloud,
        region,
        [word]: account,
        network: given({ cidr: network }),
        apiAccess: given({ cidrs: cidr, administrators: administrator }),
        gateway: given({ domain }),
    });
}
