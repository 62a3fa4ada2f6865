// A node-opcua server for our client: a counter that changes every 20 ms, a variable, a method.
// usage: node opcua-server.mjs PORT PKI_FOLDER [--strict]; prints READY URL; --strict takes no certificate it does not know.
import { createRequire } from "node:module";
const ua = createRequire(import.meta.url)("node-opcua");
const [port, pki, strict] = process.argv.slice(2);
const certificates = new ua.OPCUACertificateManager({ rootFolder: pki, automaticallyAcceptUnknownCertificate: strict !== "--strict" });
await certificates.initialize();
const server = new ua.OPCUAServer({
  port: +port, hostname: "127.0.0.1", serverCertificateManager: certificates, allowAnonymous: true,
  securityPolicies: [ua.SecurityPolicy.None, ua.SecurityPolicy.Basic256Sha256, ua.SecurityPolicy.Aes128_Sha256_RsaOaep, ua.SecurityPolicy.Aes256_Sha256_RsaPss],
  securityModes: [ua.MessageSecurityMode.None, ua.MessageSecurityMode.Sign, ua.MessageSecurityMode.SignAndEncrypt],
  userManager: { isValidUser: (user, password) => user === "operator" && password === "open" } });
await server.initialize();
const space = server.engine.addressSpace;
const own = space.getOwnNamespace();
let count = 0, number = 7;
const counter = own.addVariable({ organizedBy: space.rootFolder.objects, browseName: "Counter", nodeId: "s=Counter", dataType: "Int32" });
setInterval(() => counter.setValueFromSource({ dataType: "Int32", value: ++count }), 20);
own.addVariable({ organizedBy: space.rootFolder.objects, browseName: "Number", nodeId: "s=Number", dataType: "Int32",
  value: { get: () => new ua.Variant({ dataType: "Int32", value: number }), set: value => { number = value.value; return ua.StatusCodes.Good; } } });
const machine = own.addObject({ organizedBy: space.rootFolder.objects, browseName: "Machine", nodeId: "s=Machine" });
own.addMethod(machine, { browseName: "Double", nodeId: "s=Double", inputArguments: [{ name: "x", dataType: "Int32" }], outputArguments: [{ name: "y", dataType: "Int32" }] })
  .bindMethod((inputs, _, done) => done(null, { statusCode: ua.StatusCodes.Good, outputArguments: [{ dataType: "Int32", value: inputs[0].value * 2 }] }));
await server.start();
console.log("READY " + server.getEndpointUrl());
