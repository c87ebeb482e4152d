/** The namespace of the settings in a stack file: the project's name in Pulumi.yaml. */
export const NAMESPACE = "platform";
