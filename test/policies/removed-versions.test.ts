import assert from "node:assert/strict";
import { findings, judge, ruleOf } from "./judge.ts";

describe("the rule on legacy components", () => {
    const rule = ruleOf("k8s-no-legacy-components");
    const REMOVED = [
        "extensions/v1beta1:Ingress",
        "extensions/v1beta1:DeploymentPatch",
        "apps/v1beta2:StatefulSet",
        "batch/v1beta1:CronJobList",
        "policy/v1beta1:PodSecurityPolicy",
        "policy/v1beta1:PodDisruptionBudget",
        "autoscaling/v2beta2:HorizontalPodAutoscaler",
        "networking.k8s.io/v1beta1:Ingress",
        "rbac.authorization.k8s.io/v1alpha1:Role",
        "apiextensions.k8s.io/v1beta1:CustomResourceDefinition",
        "flowcontrol.apiserver.k8s.io/v1beta3:FlowSchema",
        "storage.k8s.io/v1beta1:CSIStorageCapacity",
    ];
    const CURRENT = [
        "networking.k8s.io/v1:Ingress",
        "networking.k8s.io/v1beta1:ServiceCIDR",
        "apps/v1:Deployment",
        "policy/v1:PodDisruptionBudget",
        "autoscaling/v2:HorizontalPodAutoscaler",
        "storage.k8s.io/v1beta1:VolumeAttributesClass",
        "admissionregistration.k8s.io/v1beta1:ValidatingAdmissionPolicy",
        "example.com/v1beta1:Ingress",
        "constructor/v1:Deployment",
        "core/v1:Pod",
    ];

    for (const type of REMOVED) {
        it(`finds ${type}, which the API server no longer serves`, () => {
            const found = findings(judge(rule, `kubernetes:${type}`, {}));
            assert.deepEqual(found, ["apiVersion"]);
        });
    }

    for (const type of CURRENT) {
        it(`lets ${type} be`, () => {
            assert.deepEqual(judge(rule, `kubernetes:${type}`, {}), []);
        });
    }
});
