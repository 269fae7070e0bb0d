using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// Finds the methods of a plugin class that are marked, inherited ones first: a library of tools is a base class or an interface. An
/// override takes the place of what it overrides and has its attributes where it has none of that kind; what hides another, hides it.
/// </summary>
internal readonly struct PluginMethods
{
    private readonly INamedTypeSymbol _plugin;
    private readonly ParseContext _context;
    private readonly List<PluginMethod> _found = [];

    private PluginMethods(INamedTypeSymbol plugin, ParseContext context)
    {
        _plugin = plugin;
        _context = context;
    }

    public static IReadOnlyList<PluginMethod> Of(INamedTypeSymbol plugin, ParseContext context)
    {
        var methods = new PluginMethods(plugin, context);
        foreach (var type in ObjectMembers.Hierarchy(plugin).Where(DefinedTypes.HasWholeArguments))
        {
            methods.AddMembers(type);
        }

        foreach (var contract in plugin.AllInterfaces.Where(DefinedTypes.HasWholeArguments))
        {
            if (!DefinedTypes.IsWithin(contract.FullMetadataNamespace(), "System"))
            {
                methods.AddPromised(contract);
            }
        }

        return methods._found;
    }

    private void AddMembers(INamedTypeSymbol type)
    {
        var isOwn = SymbolEqualityComparer.Default.Equals(type, _plugin);
        foreach (var member in type.GetMembers())
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            if (member.Name.Length == 0)
            {
                continue;
            }

            var method = member as IMethodSymbol;
            var own = method is null ? [] : Marks(method);
            if (!isOwn && !_context.IsAccessible(member, _plugin))
            {
                if (own.Length > 0 && _context.IsInSource(member))
                {
                    Refuse(method!, $"not accessible from '{_plugin.Name}'", own[0]);
                }

                continue;
            }

            if (method is { IsOverride: true })
            {
                AddOverride(method, own);
                continue;
            }

            // Accessors have no name that could be hidden.
            if (member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary })
            {
                _found.RemoveAll(other => Hides(member, other.Symbol));
            }

            Add(method, own);
        }
    }

    private void AddOverride(IMethodSymbol method, ImmutableArray<AttributeData> own)
    {
        var index = _found.FindIndex(other => Overrides(method, other.Symbol));
        if (index < 0)
        {
            Add(method, own);
            return;
        }

        var kinds = own.Select(MemberKind.Of).ToList();
        var marks = own.AddRange(_found[index].Attributes.Where(attribute => !kinds.Contains(MemberKind.Of(attribute))));
        if (Receiver(method, marks) is { } receiver)
        {
            _found[index] = new PluginMethod(method, marks, receiver);
        }
        else
        {
            _found.RemoveAt(index);
        }
    }

    private void Add(IMethodSymbol? method, ImmutableArray<AttributeData> marks)
    {
        if (marks.Length > 0 && Receiver(method!, marks) is { } receiver)
        {
            _found.Add(new PluginMethod(method!, marks, receiver));
        }
    }

    /// <summary>
    /// What a method is called on: a base class where the plugin has another member of its name; null where nothing is left to call it
    /// on, which was reported.
    /// </summary>
    private string? Receiver(IMethodSymbol method, ImmutableArray<AttributeData> marks)
    {
        var container = TypeParser.FullName(method.ContainingType);
        if (method.IsStatic)
        {
            return container;
        }

        for (var type = _plugin; !SymbolEqualityComparer.Default.Equals(type, method.ContainingType); type = type.BaseType!)
        {
            if (!type.GetMembers(method.Name).Any(other => !(other is IMethodSymbol overriding && Overrides(overriding, method))))
            {
                continue;
            }

            // What is protected can be called on a plugin, but not on one that is seen as its base.
            if (_context.IsAccessible(method, method.ContainingType))
            {
                return $"(({container})plugin)";
            }

            Refuse(method, $"protected, and '{type.Name}' has another member of that name", marks[0]);
            return null;
        }

        return "plugin";
    }

    private void AddPromised(INamedTypeSymbol contract)
    {
        foreach (var member in contract.GetMembers().OfType<IMethodSymbol>())
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            var marks = Marks(member);
            if (marks.Length == 0 || !_context.IsAccessible(member))
            {
                continue;
            }

            var receiver = TypeParser.FullName(contract);
            if (member is { IsStatic: true, IsAbstract: false, IsVirtual: false })
            {
                _found.Add(new PluginMethod(member, marks, receiver));
            }
            else if (_plugin.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation)
            {
                AddImplementation(member, implementation, marks, member.IsStatic ? null : $"(({receiver})plugin)");
            }
        }
    }

    private void AddImplementation(IMethodSymbol member, IMethodSymbol implementation, ImmutableArray<AttributeData> marks, string? receiver)
    {
        var own = Marks(implementation);
        var isInClass = implementation.ContainingType.TypeKind != TypeKind.Interface;
        if (isInClass && (own.Length > 0
            || _found.Any(other => SymbolEqualityComparer.Default.Equals(other.Symbol, implementation) || Overrides(other.Symbol, implementation))))
        {
            return;
        }

        // An explicit implementation has no name of its own.
        var isNamed = isInClass && implementation.MethodKind == MethodKind.Ordinary;
        var symbol = isNamed ? implementation : member;
        if (receiver is null && !isNamed)
        {
            Refuse(member, "static and virtual", marks[0]);
            return;
        }

        _found.Add(new PluginMethod(
            symbol, own.Length > 0 ? own : marks, receiver ?? TypeParser.FullName(symbol.ContainingType), promised: member));
    }

    private void Refuse(IMethodSymbol method, string fault, AttributeData mark) => _context.Diagnostics.Report(
        DiagnosticDescriptors.UnsupportedMethod, method.Locations.FirstOrDefault(), method.Name, fault, MemberKind.Of(mark)!.WordWithArticle);

    private static ImmutableArray<AttributeData> Marks(IMethodSymbol method) =>
        [.. method.GetAttributes().Where(attribute => MemberKind.Of(attribute) is not null)];

    private static bool Overrides(IMethodSymbol method, IMethodSymbol other)
    {
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden, other))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A method hides those of its name with the same parameters, any other member all of its name.</summary>
    private static bool Hides(ISymbol member, IMethodSymbol other) =>
        member.Name == other.Name
        && !SymbolEqualityComparer.Default.Equals(member.ContainingType, other.ContainingType)
        && (member is not IMethodSymbol method
            || (method.Arity == other.Arity
                && method.Parameters.Length == other.Parameters.Length
                && method.Parameters.Zip(other.Parameters, (mine, its) =>
                    (mine.RefKind == RefKind.None) == (its.RefKind == RefKind.None)
                    && SymbolEqualityComparer.Default.Equals(mine.Type, its.Type)).All(isSame => isSame)));
}
