using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Emit;
using Orchestra.Sdk.Generators.Model;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators;

/// <summary>
/// Writes what typed calls send and read: <c>plugin.CallToolAsync("add", new NewTask("milk"))</c>, <c>answer.ReadAs&lt;Task&gt;()</c>. The
/// code goes by the type, not by the place of the call: an edit elsewhere changes nothing of it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class TypedCallGenerator : IIncrementalGenerator
{
    /// <summary>The step whose outputs are the models of each call, for tests of cacheability.</summary>
    internal const string CallsStep = "TypedCalls";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var calls = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => TypedCall.MayBe(node),
                static (found, cancellationToken) => new EquatableArray<TypedModel>(TypedCall
                    .Of(found.Node, found.SemanticModel, cancellationToken)
                    .SelectMany(call => TypedCallParser.Parse(call, found.SemanticModel.Compilation, out _, cancellationToken))))
            .Where(static models => models.Count > 0)
            .WithTrackingName(CallsStep);

        context.RegisterSourceOutput(calls.Collect(), static (output, calls) =>
        {
            // Of types that differ in what may be null only, which are one at run time, the first to be made known counts: that which takes most.
            var models = calls.SelectMany(models => models).Distinct().OrderByDescending(model => model.Type.FullName.Count(c => c == '?')).ToList();
            if (TypedEmitter.Emit(models, output.CancellationToken) is { } source)
            {
                output.AddSource("Orchestra.TypedCalls.g.cs", source);
            }
        });
    }
}
