// A node-opcua client against our server: browses, reads, subscribes, calls, acknowledges.
// usage: node opcua-client.mjs URL POLICY MODE PKI_FOLDER; prints OK, or REFUSED and why.
import { createRequire } from "node:module";
const ua = createRequire(import.meta.url)("node-opcua");
const [url, policy, mode, pki] = process.argv.slice(2);
const certificates = new ua.OPCUACertificateManager({ rootFolder: pki, automaticallyAcceptUnknownCertificate: true });
await certificates.initialize();
const client = ua.OPCUAClient.create({
  clientCertificateManager: certificates, applicationName: "peer", endpointMustExist: false, connectionStrategy: { maxRetry: 0 },
  securityPolicy: ua.SecurityPolicy[policy], securityMode: ua.MessageSecurityMode[mode] });
const must = (what, truth) => { if (!truth) { console.log("FAILED " + what); process.exit(1); } };
try {
  await client.connect(url);
  const session = await client.createSession();
  const found = await session.browse("ObjectsFolder");
  must("browse", found.references.some(one => one.browseName.name === "Machine"));
  const status = await session.read({ nodeId: "i=2256", attributeId: ua.AttributeIds.Value });
  must("ServerStatus", status.value.value.state === ua.ServerState.Running);
  must("read", (await session.read({ nodeId: "ns=1;s=Number", attributeId: ua.AttributeIds.Value })).value.value === 7);
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: 50, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10, publishingEnabled: true });
  const item = await subscription.monitor({ nodeId: "ns=1;s=Number", attributeId: ua.AttributeIds.Value }, { samplingInterval: 20, queueSize: 50 }, ua.TimestampsToReturn.Both);
  const told = new Promise(done => item.on("changed", value => value.value.value === 8 && done()));
  const filter = ua.constructEventFilter(["EventId", "Message"], ua.ofType("ConditionType"));
  const events = await subscription.monitor({ nodeId: "ns=1;s=Machine", attributeId: ua.AttributeIds.EventNotifier }, { filter, queueSize: 50, samplingInterval: 0 }, ua.TimestampsToReturn.Both);
  const raised = new Promise(done => events.on("changed", fields => fields[1].value?.text === "drive fault" && done(fields[0].value)));
  const written = await session.write({ nodeId: "ns=1;s=Number", attributeId: ua.AttributeIds.Value, value: { value: { dataType: "Int32", value: 8 } } });
  must("write " + written.name, written.name === "Good");
  await told;
  const doubled = await session.call({ objectId: "ns=1;s=Machine", methodId: "ns=1;s=Double", inputArguments: [{ dataType: "Int32", value: 21 }] });
  must("call " + doubled.statusCode.name, doubled.outputArguments[0].value === 42);
  await session.call({ objectId: "ns=1;s=Machine", methodId: "ns=1;s=Fail", inputArguments: [] });
  const acknowledged = await session.acknowledgeCondition("ns=1;s=Alarm", await raised, "seen");
  must("acknowledge " + acknowledged.name, acknowledged.name === "Good");
  await session.close();
  await client.disconnect();
  console.log("OK");
  process.exit(0);
} catch (refused) {
  console.log("REFUSED " + refused.message.split("\n")[0]);
  process.exit(2);
}
