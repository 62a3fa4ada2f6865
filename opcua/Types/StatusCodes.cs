namespace Warehouse.OpcUa.Types;

/// <summary>The result of an operation or the quality of a value (Part 4, 7.39). The default is Good.</summary>
public readonly record struct StatusCode(uint Code)
{
    /// <summary>Whether it failed, or the value is not to be used.</summary>
    public bool IsBad => (Code & 0x80000000) != 0;

    /// <summary>Whether it was done, or the value is good.</summary>
    public bool IsGood => (Code & 0xC0000000) == 0;

    /// <inheritdoc/>
    public override string ToString() => StatusCodes.NameOf(this) ?? $"0x{Code:X8}";
}

/// <summary>The codes that this stack gives or expects, by their names in Part 6, A.2.</summary>
public static class StatusCodes
{
    public static readonly StatusCode Good = new(0x00000000);
    public static readonly StatusCode UncertainInitialValue = new(0x40920000);
    public static readonly StatusCode BadUnexpectedError = new(0x80010000);
    public static readonly StatusCode BadInternalError = new(0x80020000);
    public static readonly StatusCode BadOutOfMemory = new(0x80030000);
    public static readonly StatusCode BadCommunicationError = new(0x80050000);
    public static readonly StatusCode BadEncodingError = new(0x80060000);
    public static readonly StatusCode BadDecodingError = new(0x80070000);
    public static readonly StatusCode BadEncodingLimitsExceeded = new(0x80080000);
    public static readonly StatusCode BadRequestTooLarge = new(0x80B80000);
    public static readonly StatusCode BadResponseTooLarge = new(0x80B90000);
    public static readonly StatusCode BadUnknownResponse = new(0x80090000);
    public static readonly StatusCode BadTimeout = new(0x800A0000);
    public static readonly StatusCode BadServiceUnsupported = new(0x800B0000);
    public static readonly StatusCode BadShutdown = new(0x800C0000);
    public static readonly StatusCode BadServerNotConnected = new(0x800D0000);
    public static readonly StatusCode BadServerHalted = new(0x800E0000);
    public static readonly StatusCode BadNothingToDo = new(0x800F0000);
    public static readonly StatusCode BadTooManyOperations = new(0x80100000);
    public static readonly StatusCode BadTooManyMonitoredItems = new(0x80DB0000);
    public static readonly StatusCode BadDataTypeIdUnknown = new(0x80110000);
    public static readonly StatusCode BadCertificateInvalid = new(0x80120000);
    public static readonly StatusCode BadSecurityChecksFailed = new(0x80130000);
    public static readonly StatusCode BadCertificateTimeInvalid = new(0x80140000);
    public static readonly StatusCode BadCertificateHostNameInvalid = new(0x80160000);
    public static readonly StatusCode BadCertificateUriInvalid = new(0x80170000);
    public static readonly StatusCode BadCertificateUseNotAllowed = new(0x80180000);
    public static readonly StatusCode BadCertificateUntrusted = new(0x801A0000);
    public static readonly StatusCode BadCertificateRevoked = new(0x801D0000);
    public static readonly StatusCode BadUserAccessDenied = new(0x801F0000);
    public static readonly StatusCode BadIdentityTokenInvalid = new(0x80200000);
    public static readonly StatusCode BadIdentityTokenRejected = new(0x80210000);
    public static readonly StatusCode BadSecureChannelIdInvalid = new(0x80220000);
    public static readonly StatusCode BadInvalidTimestamp = new(0x80230000);
    public static readonly StatusCode BadNonceInvalid = new(0x80240000);
    public static readonly StatusCode BadSessionIdInvalid = new(0x80250000);
    public static readonly StatusCode BadSessionClosed = new(0x80260000);
    public static readonly StatusCode BadSessionNotActivated = new(0x80270000);
    public static readonly StatusCode BadSubscriptionIdInvalid = new(0x80280000);
    public static readonly StatusCode BadRequestHeaderInvalid = new(0x802A0000);
    public static readonly StatusCode BadTimestampsToReturnInvalid = new(0x802B0000);
    public static readonly StatusCode BadRequestCancelledByClient = new(0x802C0000);
    public static readonly StatusCode BadNoCommunication = new(0x80310000);
    public static readonly StatusCode BadWaitingForInitialData = new(0x80320000);
    public static readonly StatusCode BadNodeIdInvalid = new(0x80330000);
    public static readonly StatusCode BadNodeIdUnknown = new(0x80340000);
    public static readonly StatusCode BadAttributeIdInvalid = new(0x80350000);
    public static readonly StatusCode BadIndexRangeInvalid = new(0x80360000);
    public static readonly StatusCode BadIndexRangeNoData = new(0x80370000);
    public static readonly StatusCode BadDataEncodingInvalid = new(0x80380000);
    public static readonly StatusCode BadNotReadable = new(0x803A0000);
    public static readonly StatusCode BadNotWritable = new(0x803B0000);
    public static readonly StatusCode BadOutOfRange = new(0x803C0000);
    public static readonly StatusCode BadNotSupported = new(0x803D0000);
    public static readonly StatusCode BadNotFound = new(0x803E0000);
    public static readonly StatusCode BadNotImplemented = new(0x80400000);
    public static readonly StatusCode BadMonitoringModeInvalid = new(0x80410000);
    public static readonly StatusCode BadMonitoredItemIdInvalid = new(0x80420000);
    public static readonly StatusCode BadMonitoredItemFilterInvalid = new(0x80430000);
    public static readonly StatusCode BadMonitoredItemFilterUnsupported = new(0x80440000);
    public static readonly StatusCode BadFilterNotAllowed = new(0x80450000);
    public static readonly StatusCode BadStructureMissing = new(0x80460000);
    public static readonly StatusCode BadEventFilterInvalid = new(0x80470000);
    public static readonly StatusCode BadContentFilterInvalid = new(0x80480000);
    public static readonly StatusCode BadFilterOperatorInvalid = new(0x80C10000);
    public static readonly StatusCode BadFilterOperatorUnsupported = new(0x80C20000);
    public static readonly StatusCode BadFilterOperandInvalid = new(0x80490000);
    public static readonly StatusCode BadContinuationPointInvalid = new(0x804A0000);
    public static readonly StatusCode BadNoContinuationPoints = new(0x804B0000);
    public static readonly StatusCode BadReferenceTypeIdInvalid = new(0x804C0000);
    public static readonly StatusCode BadBrowseDirectionInvalid = new(0x804D0000);
    public static readonly StatusCode BadServerUriInvalid = new(0x804F0000);
    public static readonly StatusCode BadSecurityModeRejected = new(0x80540000);
    public static readonly StatusCode BadSecurityPolicyRejected = new(0x80550000);
    public static readonly StatusCode BadTooManySessions = new(0x80560000);
    public static readonly StatusCode BadUserSignatureInvalid = new(0x80570000);
    public static readonly StatusCode BadApplicationSignatureInvalid = new(0x80580000);
    public static readonly StatusCode BadIdentityChangeNotSupported = new(0x80C60000);
    public static readonly StatusCode BadRequestTypeInvalid = new(0x80530000);
    public static readonly StatusCode BadViewIdUnknown = new(0x806B0000);
    public static readonly StatusCode BadNoMatch = new(0x806F0000);
    public static readonly StatusCode BadMaxAgeInvalid = new(0x80700000);
    public static readonly StatusCode BadTypeMismatch = new(0x80740000);
    public static readonly StatusCode BadMethodInvalid = new(0x80750000);
    public static readonly StatusCode BadArgumentsMissing = new(0x80760000);
    public static readonly StatusCode BadTooManySubscriptions = new(0x80770000);
    public static readonly StatusCode BadTooManyPublishRequests = new(0x80780000);
    public static readonly StatusCode BadNoSubscription = new(0x80790000);
    public static readonly StatusCode BadSequenceNumberUnknown = new(0x807A0000);
    public static readonly StatusCode BadMessageNotAvailable = new(0x807B0000);
    public static readonly StatusCode BadInsufficientClientProfile = new(0x807C0000);
    public static readonly StatusCode GoodSubscriptionTransferred = new(0x002D0000);
    public static readonly StatusCode GoodOverload = new(0x002F0000);
    public static readonly StatusCode BadTcpServerTooBusy = new(0x807D0000);
    public static readonly StatusCode BadTcpMessageTypeInvalid = new(0x807E0000);
    public static readonly StatusCode BadTcpSecureChannelUnknown = new(0x807F0000);
    public static readonly StatusCode BadTcpMessageTooLarge = new(0x80800000);
    public static readonly StatusCode BadTcpNotEnoughResources = new(0x80810000);
    public static readonly StatusCode BadTcpInternalError = new(0x80820000);
    public static readonly StatusCode BadTcpEndpointUrlInvalid = new(0x80830000);
    public static readonly StatusCode BadRequestInterrupted = new(0x80840000);
    public static readonly StatusCode BadRequestTimeout = new(0x80850000);
    public static readonly StatusCode BadSecureChannelClosed = new(0x80860000);
    public static readonly StatusCode BadSecureChannelTokenUnknown = new(0x80870000);
    public static readonly StatusCode BadSequenceNumberInvalid = new(0x80880000);
    public static readonly StatusCode BadProtocolVersionUnsupported = new(0x80BE0000);
    public static readonly StatusCode BadConnectionRejected = new(0x80AC0000);
    public static readonly StatusCode BadDisconnect = new(0x80AD0000);
    public static readonly StatusCode BadConnectionClosed = new(0x80AE0000);
    public static readonly StatusCode BadInvalidState = new(0x80AF0000);
    public static readonly StatusCode BadEndOfStream = new(0x80B00000);
    public static readonly StatusCode BadInvalidArgument = new(0x80AB0000);
    public static readonly StatusCode BadConditionDisabled = new(0x80990000);
    public static readonly StatusCode BadEventIdUnknown = new(0x809A0000);
    public static readonly StatusCode BadConditionBranchAlreadyAcked = new(0x80CF0000);
    public static readonly StatusCode BadConditionBranchAlreadyConfirmed = new(0x80D00000);
    public static readonly StatusCode BadConditionAlreadyDisabled = new(0x80980000);
    public static readonly StatusCode BadConditionAlreadyEnabled = new(0x80CC0000);
    public static readonly StatusCode BadRefreshInProgress = new(0x80970000);
    public static readonly StatusCode BadTooManyArguments = new(0x80E50000);
    public static readonly StatusCode BadTooManyMatches = new(0x806D0000);
    public static readonly StatusCode BadQueryTooComplex = new(0x806E0000);
    public static readonly StatusCode BadWriteNotSupported = new(0x80730000);
    public static readonly StatusCode BadBrowseNameInvalid = new(0x80600000);
    public static readonly StatusCode BadSecurityModeInsufficient = new(0x80E60000);
    public static readonly StatusCode BadNodeClassInvalid = new(0x805F0000);
    public static readonly StatusCode BadSourceNodeIdInvalid = new(0x80640000);
    public static readonly StatusCode GoodNoData = new(0x00A50000);

    private static readonly Dictionary<uint, string> s_names = typeof(StatusCodes).GetFields()
        .Where(field => field.FieldType == typeof(StatusCode)).ToDictionary(field => ((StatusCode)field.GetValue(null)!).Code, field => field.Name);

    /// <summary>The name of a code without its info bits; null when it has none here.</summary>
    public static string? NameOf(StatusCode status) => s_names.GetValueOrDefault(status.Code & 0xFFFF0000);
}
