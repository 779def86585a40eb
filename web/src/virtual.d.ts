/** Addresses that the build fills in. */
declare module "virtual:base-map" {
  const url: string;
  export default url;
}
declare module "*?url" {
  const url: string;
  export default url;
}
declare module "*.css" {}
