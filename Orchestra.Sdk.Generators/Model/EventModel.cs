namespace Orchestra.Sdk.Generators.Model;

/// <summary>A method that events are delivered to.</summary>
internal sealed record EventModel(
    MethodModel Method,
    EquatableArray<SubscriptionModel> Subscriptions,
    EquatableArray<ParameterModel> Parameters,
    bool IsAsync);

/// <summary>One [OnEvent].</summary>
internal sealed record SubscriptionModel(string Topic, EquatableArray<FilterModel> Filters);

/// <summary>A field of the payload and the value that it has.</summary>
internal sealed record FilterModel(string Field, string Value);
