using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC026: removes the filter that is none, or the subscription to no topic.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SubscriptionFix)), Shared]
public sealed class SubscriptionFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.InvalidSubscription.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<AttributeSyntax>() is not { } attribute
            || attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration
            || fault.Model.GetDeclaredSymbol(declaration, fault.CancellationToken) is not { } method
            || method.GetAttributes().FirstOrDefault(data => data.ApplicationSyntaxReference?.Span == attribute.Span) is not { } data)
        {
            return;
        }

        SubscriptionParser.Parse(data, out _, out var wrongFilter);
        if (wrongFilter >= 0)
        {
            if (Filter(attribute, wrongFilter) is { } filter
                && fault.Model.GetConstantValue(filter.Expression, fault.CancellationToken).Value is string text)
            {
                fault.Offer($"Remove the filter '{text}'", "Filter", Edits.Remove(attribute.ArgumentList!.Arguments, filter));
            }
        }
        else
        {
            fault.Offer($"Remove [{attribute.Name}]", "Remove", Edits.Remove(attribute));
        }
    }

    /// <summary>The argument that is a filter, which come after the topic; null where they are not written one by one.</summary>
    private static AttributeArgumentSyntax? Filter(AttributeSyntax attribute, int index) =>
        attribute.ArgumentList is { } list && list.Arguments.Count > index + 1 && list.Arguments.All(argument => argument.NameColon is null)
            ? list.Arguments[index + 1]
            : null;
}
