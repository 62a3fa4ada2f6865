namespace Warehouse.Dashboard.Pages;

/// <summary>The page's words in two languages; the terms are those of docs/glossary.md.</summary>
public sealed class Words(bool chinese)
{
    private static readonly Dictionary<string, (string English, string Chinese)> All = new(StringComparer.Ordinal)
    {
        ["title"] = ("Warehouse floor", "仓库现场"),
        ["floor-time"] = ("Floor time", "现场时间"),
        ["speed"] = ("times real time", "倍实时速度"),
        ["open"] = ("Open orders", "未完成订单"),
        ["shipped-short"] = ("Shipped", "已发运"),
        ["lines-hour"] = ("Lines in the last hour", "过去一小时行数"),
        ["units"] = ("Units picked", "已拣件数"),
        ["orders"] = ("Orders by state", "订单状态"),
        ["Allocating"] = ("Allocating", "分配中"),
        ["AwaitingStock"] = ("Awaiting stock", "待库存"),
        ["Allocated"] = ("Allocated", "已分配"),
        ["Picking"] = ("Picking", "拣选中"),
        ["Packed"] = ("Packed", "已包装"),
        ["Shipped"] = ("Shipped", "已发运"),
        ["Cancelling"] = ("Cancelling", "取消中"),
        ["Cancelled"] = ("Cancelled", "已取消"),
        ["Closed"] = ("Closed", "已关闭"),
        ["stations"] = ("Pick stations", "拣选工位"),
        ["presses"] = ("presses", "次确认"),
        ["tote"] = ("Tote", "料箱"),
        ["waiting"] = ("waits for a tote", "等待料箱"),
        ["latest"] = ("Latest orders", "最新订单"),
        ["alarms"] = ("Stock alarms", "库存报警"),
        ["available"] = ("available", "可用"),
        ["no-alarms"] = ("No SKU has run low.", "没有库存不足的商品。"),
        ["exceptions"] = ("Not moving by itself", "需要处理"),
        ["no-exceptions"] = ("Everything moves.", "一切正常。"),
        ["AreaCase"] = ("Seen where the books do not have it:", "位置与账面不符："),
        ["AreaHold"] = ("Goods held:", "货物已冻结："),
        ["VehicleStopped"] = ("Vehicle stopped:", "车辆已停止："),
        ["VehicleSilent"] = ("Vehicle silent:", "车辆无响应："),
        ["CraneJobFailed"] = ("Crane job failed:", "堆垛机作业失败："),
        ["CraneSilent"] = ("Crane silent:", "堆垛机无响应："),
        ["DeviceDiffers"] = ("Device differs:", "设备状态不符："),
        ["TagOverdue"] = ("Light waits for a press:", "灯标待确认："),
        ["ReversalHeld"] = ("Reversal without its order:", "冲销无对应订单："),
        ["areas"] = ("Watched areas, alarms", "监控区域报警"),
        ["area-free"] = ("goods free", "货物可用"),
        ["area-held"] = ("goods held", "货物已冻结"),
        ["area-High"] = ("above its limit", "高于上限"),
        ["area-Low"] = ("below its limit", "低于下限"),
        ["area-seen-by"] = ("seen by", "读取设备"),
        ["parcels"] = ("Last shipped parcels", "最近发运的包裹"),
        ["no-parcels"] = ("None yet.", "暂无。"),
        ["vehicles"] = ("vehicles driving", "辆车行驶中"),
        ["loaded"] = ("carrying a tote", "辆载箱"),
        ["legend-out"] = ("out", "出库口"),
        ["legend-in"] = ("in", "入库口"),
        ["legend-dock"] = ("dock", "停靠位"),
        ["legend-home"] = ("home", "停车位"),
        ["legend-receive"] = ("receiving", "收货"),
        ["up"] = ("up", "已连接"),
        ["down"] = ("down", "已断开"),
        ["clients"] = ("clients", "个客户端"),
        ["shed"] = ("dropped", "条已丢弃"),
        ["wire-note"] = ("The link to the broker of the machines, and how long the oldest message waits.", "与设备消息代理的连接，以及最早消息的等待时间。"),
        ["connecting"] = ("Waiting for the floor…", "正在连接现场…"),
        ["data"] = ("About the data", "数据说明"),
        ["more"] = ("more", "更多"),
        ["stop-note"] = ("This page shows and explains. Emergency stops are hard-wired on the floor.", "本页仅用于显示与说明。急停由现场硬接线实现。"),
    };

    /// <summary>True when the page speaks Chinese.</summary>
    public bool Chinese => chinese;

    /// <summary>The word of a key; an unknown key is shown as it is.</summary>
    public string this[string key] => All.TryGetValue(key, out var pair) ? chinese ? pair.Chinese : pair.English : key;
}
