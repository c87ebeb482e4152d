import type { Draft, Refusal, TypeRule, World } from "../../table.ts";
import { here, text, unless } from "./common.ts";

const PROTECTION = "aws:shield/protection:Protection";

/**
 * What Shield Advanced protects, by its ARN, and where it is looked for if this world knows the type. Network load
 * balancers are none of it.
 *
 * @see https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_CreateProtection.html
 */
const PROTECTED: readonly (readonly [arn: RegExp, type?: string])[] = [
    [/^arn:aws:ec2:[\w-]+:\d{12}:eip-allocation\/(eipalloc-[0-9a-f]+)$/, "aws:ec2/eip:Eip"],
    [/^arn:aws:route53:::hostedzone\/(\w+)$/, "aws:route53/zone:Zone"],
    [/^arn:aws:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/(?:app\/)?[\w-]+(?:\/\w+)?$/],
    [/^arn:aws:cloudfront::\d{12}:distribution\/\w+$/],
    [/^arn:aws:globalaccelerator::\d{12}:accelerator\/[\w-]+$/],
];

function check({ inputs }: Draft): Refusal[] {
    const arn = text(inputs, "resourceArn");
    return unless(
        arn === undefined || PROTECTED.some(([pattern]) => pattern.test(arn)),
        `api error InvalidResourceException: Unrecognized resource '${arn}' of service.`,
        "resourceArn",
    );
}

function admit(draft: Draft, world: World): Refusal[] {
    const arn = text(draft.inputs, "resourceArn") ?? "";
    const missing = PROTECTED.some(([pattern, type]) => {
        const id = pattern.exec(arn)?.[1];
        return type !== undefined && id !== undefined && !world.find([type], id);
    });
    const taken = here(draft, world, PROTECTION).some(
        ({ urn, inputs }) => urn !== draft.urn && inputs["resourceArn"] === arn,
    );
    return [
        ...unless(
            !missing,
            "api error ResourceNotFoundException: The referenced resource does not exist.",
        ),
        ...unless(
            !taken,
            "api error ResourceAlreadyExistsException: The referenced protection already exists.",
        ),
    ];
}

/** Protections from floods. The account is taken to be subscribed to Shield Advanced. */
export const shield: Readonly<Record<string, TypeRule>> = {
    [PROTECTION]: {
        required: ["resourceArn"],
        name: { property: "name", pattern: /[ \w.-]+/, max: 128, unique: "none" },
        immutable: ["name", "resourceArn"],
        check,
        admit,
        id: ({ random }) =>
            random(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
        outputs: ({ scope }, _world, id) => ({
            arn: `arn:aws:shield::${scope.account}:protection/${id}`,
        }),
        seconds: { create: 2 },
    },
};
