using System;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>
/// ORC016, ORC025 and ORC028: lets a tool return a value instead of a reference to it, a prompt a text, and an event handler nothing.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnTypeFix)), Shared]
public sealed class ReturnTypeFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        DiagnosticDescriptors.UnsupportedReturnType.Id,
        DiagnosticDescriptors.UnsupportedPromptResult.Id,
        DiagnosticDescriptors.UnsupportedEventResult.Id,
    ];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<MethodDeclarationSyntax>() is not { } method)
        {
            return;
        }

        if (method.ReturnType is RefTypeSyntax reference)
        {
            ReturnByValue(fault, method, reference);
        }
        else if (fault.Id == DiagnosticDescriptors.UnsupportedPromptResult.Id && !MethodBody.IsIterator(method))
        {
            ReturnText(fault, method);
        }
        else if (fault.Id == DiagnosticDescriptors.UnsupportedEventResult.Id && !MethodBody.IsIterator(method))
        {
            ReturnNothing(fault, method);
        }
    }

    private static void Return(Fault fault, MethodDeclarationSyntax method, string type, params TextChange[] changes) =>
        fault.Offer($"Return '{type}'", "Return", [.. changes, Edits.Replace(method.ReturnType, type)]);

    /// <summary>The task that the method returns, or should as it is asynchronous; null when it is not.</summary>
    private static string? Task(Fault fault, MethodDeclarationSyntax method)
    {
        var type = fault.Model.GetTypeInfo(method.ReturnType, fault.CancellationToken).Type;
        var task = type.Is(MetadataNames.ValueTask) ? MetadataNames.ValueTask
            : type.Is(MetadataNames.Task) || IsAsync(method) ? MetadataNames.Task
            : null;
        return task is null ? null : TypeNames.Type(task, fault.Model, method.ReturnType.SpanStart);
    }

    private static bool IsAsync(MethodDeclarationSyntax method) => method.Modifiers.Any(SyntaxKind.AsyncKeyword);

    private static void ReturnByValue(Fault fault, MethodDeclarationSyntax method, RefTypeSyntax reference)
    {
        // A local that is a reference may stay one.
        var references = MethodBody.Returned(method).OfType<RefExpressionSyntax>();
        fault.Offer(
            $"Return '{reference.Type}' by value",
            "ByValue",
            [Edits.Replace(reference, reference.Type.ToString()), .. references.Select(result => Edits.Remove(result.RefKeyword))]);
    }

    private static void ReturnText(Fault fault, MethodDeclarationSyntax method)
    {
        var task = Task(fault, method);
        var type = task is null ? "string" : $"{task}<string>";

        // What is in a task that is passed on cannot be changed.
        Return(fault, method, type, task is null || IsAsync(method) ? Change(fault, method, value => value.ToText()) : []);
    }

    private static void ReturnNothing(Fault fault, MethodDeclarationSyntax method)
    {
        var task = Task(fault, method);
        if (task is null || IsAsync(method))
        {
            Return(fault, method, task ?? "void", Change(fault, method, value => value.Discard(isAwaited: false)));
        }
        else if (fault.Model.GetTypeInfo(method.ReturnType, fault.CancellationToken).Type.Is(MetadataNames.Task))
        {
            // A Task<T> that is passed on is a Task as well.
            Return(fault, method, task);
        }
        else
        {
            var changes = Change(fault, method, value => value.Discard(isAwaited: true));
            Return(fault, method, task, [Edits.Insert(method.ReturnType.SpanStart, "async "), .. changes]);
        }
    }

    private static TextChange[] Change(Fault fault, MethodDeclarationSyntax method, Func<ReturnedValue, TextChange?> change) =>
    [
        .. MethodBody.Returned(method)
            .Select(value => change(new ReturnedValue(value, fault.Model, fault.CancellationToken)))
            .OfType<TextChange>(),
    ];
}
