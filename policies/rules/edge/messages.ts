export const OLD_TLS = "takes versions of TLS older than 1.2";
export const PLAIN_HTTP = "serves plain HTTP to the internet";
