namespace Orchestra.Sdk.Dispatch;

/// <summary>What must be so before a request is answered.</summary>
internal enum Admission
{
    /// <summary>Nothing: it is answered at any time and for everybody.</summary>
    Open,

    /// <summary>It counts as a call: there must be a place among those that run at once, and there is none while the plugin shuts down.</summary>
    Call,

    /// <summary>As a call, but it never waits for its place: whoever cancels it by its id is to find it.</summary>
    ImmediateCall,

    /// <summary>The peer may manage the plugin.</summary>
    Management,
}
