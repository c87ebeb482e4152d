/** How fast pods are added and taken away (G3.15, G3.16). */
export interface ScalingPace {
    readonly up: {
        /** The most pods that are added at once, in per cent of those that run, 1 to 1000. @default - 100 */
        readonly percent: number;
        /** So many where that is more; 0 for none. @default - 4 */
        readonly pods: number;
        /** Seconds until as many may be added again, 1 to 1800. @default - 15 */
        readonly period: number;
        /** Seconds that higher demand must last before pods are added, 0 to 3600. @default - 0 */
        readonly delay: number;
    };
    readonly down: {
        /** The most pods that are taken away at once, in per cent of those that run, 1 to 100. @default - 10 */
        readonly percent: number;
        /** Seconds until as many may be taken away again, 1 to 1800. @default - 60 */
        readonly period: number;
    };
    /** Seconds that lower demand must last before pods are taken away, 0 to 3600. @default - 300 */
    readonly slowdown: number;
}

/** When pods are added, besides CPU and memory. */
export interface ScalingSettings extends ScalingPace {
    /** Per cent of the requested CPU, 10 to 95. @default - 70 */
    readonly cpu: number;
    /** Per cent of the requested memory, 10 to 95. @default - 80 */
    readonly memory: number;
    /** Requests per second and pod (G3.15). @default - not looked at */
    readonly requests?: number;
    /** A gauge of its own, summed over its pods, and how much of it one pod bears. @default - not looked at */
    readonly gauge?: { readonly metric: string; readonly perPod: number };
    /** Messages waiting in the application's queue per pod. @default - not looked at */
    readonly messages?: number;
    /** The queue in RabbitMQ whose messages are counted. @default - the application's key */
    readonly queueName?: string;
    /** Records behind in the topics it consumes, per pod. @default - not looked at */
    readonly lag?: number;
}
