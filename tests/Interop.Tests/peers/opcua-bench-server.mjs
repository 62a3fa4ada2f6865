// What bench/OpcUa's own server is, on node-opcua: 5,000 numbers that are the time of their change, every 100 ms.
// usage: node opcua-bench-server.mjs PORT PKI_FOLDER; prints READY URL.
import { createRequire } from "node:module";
const ua = createRequire(import.meta.url)("node-opcua");
const [port, pki] = process.argv.slice(2);
const certificates = new ua.OPCUACertificateManager({ rootFolder: pki, automaticallyAcceptUnknownCertificate: true });
await certificates.initialize();
const server = new ua.OPCUAServer({
  port: +port, hostname: "127.0.0.1", serverCertificateManager: certificates, allowAnonymous: true,
  serverCapabilities: { maxMonitoredItemsPerSubscription: 20000, maxMonitoredItems: 20000, operationLimits: { maxNodesPerRead: 10000, maxMonitoredItemsPerCall: 10000 } },
  securityPolicies: [ua.SecurityPolicy.Basic256Sha256], securityModes: [ua.MessageSecurityMode.SignAndEncrypt] });
await server.initialize();
const space = server.engine.addressSpace, own = space.getOwnNamespace();
const variables = Array.from({ length: 5000 }, (_, item) => own.addVariable({
  organizedBy: space.rootFolder.objects, browseName: "v" + item, nodeId: "s=v" + item, dataType: "Double", value: { dataType: "Double", value: 0 } }));
setInterval(() => {
  const value = performance.timeOrigin + performance.now();
  for (const one of variables) one.setValueFromSource({ dataType: "Double", value });
}, 100);
await server.start();
console.log("READY " + server.getEndpointUrl());
