using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a method with [OnEvent] into a model.</summary>
internal readonly struct EventParser
{
    private readonly MethodParser _method;

    public EventParser(PluginMethod method, PluginTypes types) => _method = new MethodParser(method, MemberKind.EventHandler, types);

    /// <summary>The model; null where the method cannot handle events, which was reported.</summary>
    public EventModel? Parse()
    {
        var subscriptions = new List<SubscriptionModel>();
        var isValid = _method.CheckShape();
        foreach (var attribute in _method.Source.Attributes.Where(attribute => attribute.AttributeClass.Is(MetadataNames.OnEventAttribute)))
        {
            var subscription = ParseSubscription(attribute);
            isValid &= subscription is not null;
            if (subscription is not null)
            {
                subscriptions.Add(subscription);
            }
        }

        if (_method.Method.Result(out var isAsync) is not null)
        {
            _method.Diagnostics.Report(
                DiagnosticDescriptors.UnsupportedEventResult, _method.ReturnLocation(), _method.Method.Name, _method.Method.ReturnType.ToDisplayString());
            isValid = false;
        }

        var parameters = _method.ParseParameters(_method.Method.Name);
        return parameters is not null && CheckPayload(parameters) && isValid
            ? new EventModel(
                _method.Source.Model,
                new EquatableArray<SubscriptionModel>(subscriptions),
                new EquatableArray<ParameterModel>(parameters),
                isAsync)
            : null;
    }

    private SubscriptionModel? ParseSubscription(AttributeData attribute)
    {
        if (SubscriptionParser.Parse(attribute, out var fault, out _) is { } subscription)
        {
            return subscription;
        }

        _method.Diagnostics.Report(
            DiagnosticDescriptors.InvalidSubscription, attribute.Location(_method.Method), _method.Method.Name, fault);
        return null;
    }

    /// <summary>One parameter at most is the payload, and that is an object.</summary>
    private bool CheckPayload(List<ParameterModel> parameters)
    {
        var isValid = true;
        var hasPayload = false;
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Property is not { } property)
            {
                continue;
            }

            var fault = hasPayload ? "is a second payload" : property.Optional is not null ? "is optional, as no payload is" : IsObject(property.Type.WithoutNullable()) ? null : "is no object";
            hasPayload = true;
            if (fault is not null)
            {
                var symbol = _method.Method.Parameters[i];
                _method.Diagnostics.Report(
                    DiagnosticDescriptors.UnsupportedPayload, symbol.Locations.FirstOrDefault(), symbol.Name, _method.Method.Name, fault);
                isValid = false;
            }
        }

        return isValid;
    }

    private bool IsObject(TypeModel type) => type switch
    {
        DefinedType defined => _method.Types.Inputs.Definition(defined) is not EnumDefinition,
        DictionaryType => true,
        AnyType any => any.Kind != AnyKind.JsonArray,
        _ => false,
    };
}
