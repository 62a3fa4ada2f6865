// A vehicle that others made: the virtual one of vda-5050-lib (VDA 5050 2.0.0), unchanged, on the broker at this port.
// usage: node vda5050-vehicle.mjs PORT [NODE X Y]
import lib from "vda-5050-lib";

const [port, node = "N0", x = "0", y = "0"] = process.argv.slice(2);
const vehicle = new lib.AgvController(
    { manufacturer: "RobotCo", serialNumber: "AGV001" },
    { interfaceName: "uagv", vdaVersion: "2.0.0", transport: { brokerUrl: `mqtt://127.0.0.1:${port}`, heartbeat: 5 } },
    { agvAdapterType: lib.VirtualAgvAdapter, publishStateInterval: 1000, publishVisualizationInterval: 500 },
    { initialPosition: { mapId: "MAIN", x: +x, y: +y, theta: 0, lastNodeId: node }, vehicleSpeed: 2, timeLapse: 10 });
await vehicle.start();
console.log("READY");
process.on("SIGTERM", async () => { await vehicle.stop(); process.exit(0); });
