using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns an [OnEvent] into a model.</summary>
internal static class SubscriptionParser
{
    /// <summary>The model; null where the topic or a filter is wrong.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="fault">What is wrong; empty when nothing is.</param>
    /// <param name="wrongFilter">The index of the filter that is wrong; -1 when none is.</param>
    public static SubscriptionModel? Parse(AttributeData attribute, out string fault, out int wrongFilter)
    {
        wrongFilter = -1;
        var topic = attribute.ConstructorArgument(0) as string ?? "";
        fault = string.IsNullOrWhiteSpace(topic) ? "the topic is empty" : "";
        var filters = new List<FilterModel>();
        foreach (var text in Filters(attribute))
        {
            if (fault.Length > 0)
            {
                break;
            }

            var split = text.IndexOf('=');
            var field = split > 0 ? text.Substring(0, split) : "";
            fault = field.Length == 0 ? $"the filter '{text}' has not the form \"field=value\""
                : filters.Any(filter => filter.Field == field) ? $"two filters are for the field '{field}'"
                : "";
            if (fault.Length > 0)
            {
                wrongFilter = filters.Count;
            }
            else
            {
                filters.Add(new FilterModel(field, text.Substring(split + 1)));
            }
        }

        return fault.Length > 0 ? null : new SubscriptionModel(topic, new EquatableArray<FilterModel>(filters));
    }

    private static IEnumerable<string> Filters(AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 1 && attribute.ConstructorArguments[1] is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? array.Values.Select(value => value.Value as string ?? "")
            : [];
}
