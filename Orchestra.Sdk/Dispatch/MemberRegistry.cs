using System.Collections.Concurrent;
using Google.Protobuf;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>The tools, or the prompts, that were registered at run time. Safe for concurrent use.</summary>
/// <param name="kind">What they are, for messages.</param>
/// <param name="declared">The names that the plugin's class has taken.</param>
/// <param name="encode">Makes the list message of the entries.</param>
internal sealed class MemberRegistry<TEntry>(
    string kind, Func<IEnumerable<string>> declared, Func<IEnumerable<TEntry>, IMessage> encode)
    where TEntry : class
{
    private const int MaxNameLength = 64;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, TEntry> _byName = new(StringComparer.Ordinal);
    private readonly List<TEntry> _inOrder = [];
    private readonly List<string> _names = [];
    private HashSet<string>? _declared;
    private EncodedMessage? _encoded;

    /// <summary>Hears of each one that was added.</summary>
    public event Action? Changed;

    /// <summary>The names, in the order of registration.</summary>
    public string[] Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _names];
            }
        }
    }

    /// <exception cref="ArgumentException">The name is none that clients take, or there is one of that name already.</exception>
    public void Add(string name, TEntry entry)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsName(name))
        {
            throw new ArgumentException(
                $"{QuotedName.Of(name)} is no name of a {kind}: it must be 1 to 64 letters a-z, A-Z, digits, _ and -", nameof(name));
        }

        lock (_gate)
        {
            _declared ??= [.. declared()];
            if (_declared.Contains(name) || !_byName.TryAdd(name, entry))
            {
                throw new ArgumentException($"the plugin has a {kind} \"{name}\" already", nameof(name));
            }

            _inOrder.Add(entry);
            _names.Add(name);
            _encoded = null;
        }

        Changed?.Invoke();
    }

    public TEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The constant with the registered ones after it; just the constant while there are none.</summary>
    public EncodedMessage After(EncodedMessage constant)
    {
        if (_byName.IsEmpty)
        {
            return constant;
        }

        lock (_gate)
        {
            return _encoded ??= constant.Append(encode(_inOrder));
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
}
