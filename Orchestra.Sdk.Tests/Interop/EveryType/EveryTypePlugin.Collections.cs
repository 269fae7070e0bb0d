using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Dynamic;
using System.Numerics;

namespace Orchestra.Sdk.Tests.Interop.EveryType;

/// <summary>Lists, sets and dictionaries.</summary>
public sealed partial class EveryTypePlugin
{
    [Tool(Description = "T[]")] public int[] Array(int[] x) => x;
    [Tool(Description = "T[][]")] public string?[][] ArrayOfArrays(string?[][] x) => x;
    [Tool(Description = "params T[]")] public int[] ParamsArray(params int[] x) => x;
    [Tool(Description = "List")] public List<Color> List(List<Color> x) => x;
    [Tool(Description = "IEnumerable")] public IEnumerable<int> Enumerable(IEnumerable<int> x) => x.Select(item => item);
    [Tool(Description = "ICollection")] public ICollection<Guid> CollectionInterface(ICollection<Guid> x) => x;
    [Tool(Description = "IReadOnlyCollection")] public IReadOnlyCollection<int> ReadOnlyCollectionInterface(IReadOnlyCollection<int> x) => x;
    [Tool(Description = "IList")] public IList<DateOnly> ListInterface(IList<DateOnly> x) => x;
    [Tool(Description = "IReadOnlyList")] public IReadOnlyList<Note> ReadOnlyList(IReadOnlyList<Note> x) => x;
    [Tool(Description = "Queue")] public Queue<int> Queue(Queue<int> x) => x;
    [Tool(Description = "Stack")] public Stack<int> Stack(Stack<int> x) => x;
    [Tool(Description = "ConcurrentQueue")] public ConcurrentQueue<int> ConcurrentQueue(ConcurrentQueue<int> x) => x;
    [Tool(Description = "ConcurrentStack")] public ConcurrentStack<int> ConcurrentStack(ConcurrentStack<int> x) => x;
    [Tool(Description = "ConcurrentBag")] public ConcurrentBag<int> ConcurrentBag(ConcurrentBag<int> x) => x;
    [Tool(Description = "LinkedList")] public LinkedList<int> LinkedList(LinkedList<int> x) => x;
    [Tool(Description = "Collection")] public Collection<int> Collection(Collection<int> x) => x;
    [Tool(Description = "ObservableCollection")] public ObservableCollection<int> ObservableCollection(ObservableCollection<int> x) => x;
    [Tool(Description = "ReadOnlyCollection")] public ReadOnlyCollection<int> ReadOnlyCollection(ReadOnlyCollection<int> x) => x;
    [Tool(Description = "ImmutableArray")] public ImmutableArray<int> ImmutableArray(ImmutableArray<int> x) => x;
    [Tool(Description = "ImmutableList")] public ImmutableList<int> ImmutableList(ImmutableList<int> x) => x;
    [Tool(Description = "ImmutableQueue")] public ImmutableQueue<int> ImmutableQueue(ImmutableQueue<int> x) => x;
    [Tool(Description = "ImmutableStack")] public ImmutableStack<int> ImmutableStack(ImmutableStack<int> x) => x;

    [Tool(Description = "HashSet")] public HashSet<Point> HashSet(HashSet<Point> x) => x;
    [Tool(Description = "SortedSet")] public SortedSet<string> SortedSet(SortedSet<string> x) => x;
    [Tool(Description = "ISet")] public ISet<int> Set(ISet<int> x) => x;
    [Tool(Description = "IReadOnlySet")] public IReadOnlySet<int> ReadOnlySet(IReadOnlySet<int> x) => x;
    [Tool(Description = "ImmutableHashSet")] public ImmutableHashSet<int> ImmutableHashSet(ImmutableHashSet<int> x) => x;
    [Tool(Description = "ImmutableSortedSet")] public ImmutableSortedSet<int> ImmutableSortedSet(ImmutableSortedSet<int> x) => x;
    [Tool(Description = "FrozenSet")] public FrozenSet<int> FrozenSet(FrozenSet<int> x) => x;

    [Tool(Description = "Dictionary")] public Dictionary<string, int?> Dictionary(Dictionary<string, int?> x) => x;
    [Tool(Description = "IDictionary")] public IDictionary<string, Note> DictionaryInterface(IDictionary<string, Note> x) => x;
    [Tool(Description = "IReadOnlyDictionary")] public IReadOnlyDictionary<string, bool> ReadOnlyDictionaryInterface(IReadOnlyDictionary<string, bool> x) => x;
    [Tool(Description = "SortedDictionary")] public SortedDictionary<string, int> SortedDictionary(SortedDictionary<string, int> x) => x;
    [Tool(Description = "SortedList")] public SortedList<string, int> SortedList(SortedList<string, int> x) => x;
    [Tool(Description = "OrderedDictionary")] public OrderedDictionary<string, int> OrderedDictionary(OrderedDictionary<string, int> x) => x;
    [Tool(Description = "ConcurrentDictionary")] public ConcurrentDictionary<string, int> ConcurrentDictionary(ConcurrentDictionary<string, int> x) => x;
    [Tool(Description = "ReadOnlyDictionary")] public ReadOnlyDictionary<string, int> ReadOnlyDictionary(ReadOnlyDictionary<string, int> x) => x;
    [Tool(Description = "ImmutableDictionary")] public ImmutableDictionary<string, int> ImmutableDictionary(ImmutableDictionary<string, int> x) => x;
    [Tool(Description = "ImmutableSortedDictionary")] public ImmutableSortedDictionary<string, int> ImmutableSortedDictionary(ImmutableSortedDictionary<string, int> x) => x;
    [Tool(Description = "FrozenDictionary")] public FrozenDictionary<string, int> FrozenDictionary(FrozenDictionary<string, int> x) => x;
    [Tool(Description = "ExpandoObject")] public ExpandoObject Expando(ExpandoObject x) => x;

    [Tool(Description = "by int")] public Dictionary<int, string> ByInt(Dictionary<int, string> x) => x;
    [Tool(Description = "by ulong")] public Dictionary<ulong, string> ByUlong(Dictionary<ulong, string> x) => x;
    [Tool(Description = "by BigInteger")] public Dictionary<BigInteger, string> ByBigInteger(Dictionary<BigInteger, string> x) => x;
    [Tool(Description = "by char")] public Dictionary<char, string> ByChar(Dictionary<char, string> x) => x;
    [Tool(Description = "by enum")] public Dictionary<Color, string> ByEnum(Dictionary<Color, string> x) => x;
    [Tool(Description = "by Guid")] public FrozenDictionary<Guid, string> ByGuid(FrozenDictionary<Guid, string> x) => x;
    [Tool(Description = "by DateOnly")] public ImmutableDictionary<DateOnly, string> ByDate(ImmutableDictionary<DateOnly, string> x) => x;
    [Tool(Description = "by Uri")] public Dictionary<Uri, string> ByUri(Dictionary<Uri, string> x) => x;
    [Tool(Description = "by an id of one's own")] public Dictionary<CustomerId, Dictionary<Color, int>> ById(Dictionary<CustomerId, Dictionary<Color, int>> x) => x;

    [Tool(Description = "a list of one's own")] public Tags OwnList(Tags x) => x;
    [Tool(Description = "a set of one's own")] public Unique OwnSet(Unique x) => x;
    [Tool(Description = "a dictionary of one's own")] public Settings OwnDictionary(Settings x) => x;
    [Tool(Description = "made of its items")] public Wrapped OwnOfItems(Wrapped x) => x;
    [Tool(Description = "IEnumerable of one's own")] public Own OwnEnumerable(Own x) => x;
}
