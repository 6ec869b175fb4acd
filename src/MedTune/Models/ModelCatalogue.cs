using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MedTune.Data;

namespace MedTune;

/// <summary>The pretrained models that are known: those that ship with MedTune, and those of the user's own catalogue file.</summary>
public sealed partial class ModelCatalogue
{
    /// <summary>The name of the user's own catalogue in the folder of models.</summary>
    public const string FileName = "catalogue.json";

    private const long LongestFile = 1 << 24;

    private ModelCatalogue(ImmutableArray<CatalogueEntry> entries) => Entries = entries;

    /// <summary>The models by name in ordinal order.</summary>
    public ImmutableArray<CatalogueEntry> Entries { get; }

    /// <summary>The models that ship with MedTune.</summary>
    public static ModelCatalogue BuiltIn()
    {
        using var stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream(FileName)!;
        return Read(stream, "the built-in catalogue");
    }

    /// <summary>The models that ship with MedTune and those of a file, which stand in place of built-in ones of the same name.</summary>
    /// <param name="path">A catalogue file; one that is not there is an error only when <paramref name="isRequired"/>.</param>
    /// <param name="isRequired">Whether the file must exist.</param>
    /// <exception cref="DataException">The file cannot be read, or an entry is not complete; the message says which.</exception>
    public static ModelCatalogue With(string path, bool isRequired)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var own = Own(path, isRequired);
        var names = own.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        return Sorted(BuiltIn().Entries.Where(entry => !names.Contains(entry.Name)).Concat(own));
    }

    /// <summary>The model of a name.</summary>
    /// <exception cref="PlanException">There is none; the message lists those there are.</exception>
    public CatalogueEntry Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name)
        ?? throw new PlanException(HubModel.All.FirstOrDefault(model => model.Name == name) is { } known
            ? $"'{name}' ({known.Origin}; licence: {known.Licence}) does not ship with MedTune: read its licence, and give its ONNX or safetensors file with address, size and sha256 in {FileName} in the folder of models."
            : $"No model in the catalogue is named '{name}'; there are {string.Join(", ", Entries.Select(entry => entry.Name))}.");

    private static ImmutableArray<CatalogueEntry> Own(string path, bool isRequired)
    {
        try
        {
            if (!isRequired && !File.Exists(path))
            {
                return [];
            }

            using var stream = File.OpenRead(path);
            return stream.Length <= LongestFile
                ? Read(stream, $"the catalogue '{path}'").Entries
                : throw new DataException($"The catalogue '{path}' has {stream.Length} bytes; at most {LongestFile} were expected.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The catalogue '{path}' cannot be read; check the path and its permissions.", exception);
        }
    }

    private static ModelCatalogue Read(Stream stream, string what)
    {
        CatalogueFile file;
        try
        {
            file = JsonSerializer.Deserialize(stream, CatalogueJson.Default.CatalogueFile) ?? new CatalogueFile(default);
        }
        catch (JsonException exception)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{Capital(what)} is not the JSON that was expected (line {(exception.LineNumber ?? 0) + 1}, at '{exception.Path}'): an object with a list 'models', each with name, description, architecture, modality, file, size, sha256 and licence, perhaps origin, source and input."),
                exception);
        }

        if (file.Models.IsDefault)
        {
            throw new DataException($"{Capital(what)} has no list 'models'.");
        }

        foreach (var entry in file.Models)
        {
            if (FaultOf(entry) is string fault)
            {
                throw new DataException($"{Capital(what)}: the model '{entry?.Name}' {fault}.");
            }
        }

        string? twice = file.Models.GroupBy(entry => entry.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null ? Sorted(file.Models) : throw new DataException($"{Capital(what)} has two models named '{twice}'.");
    }

    /// <summary>What is wrong with an entry, or null.</summary>
    private static string? FaultOf(CatalogueEntry? entry) => entry switch
    {
        null => "is null",
        _ when !Names().IsMatch(entry.Name) => "needs a name of letters, digits, points, hyphens and underscores, which does not begin with a point",
        _ when !Names().IsMatch(entry.File) || !(entry.File.EndsWith(".onnx", StringComparison.Ordinal) || entry.File.EndsWith(".safetensors", StringComparison.Ordinal)) =>
            "needs the name of a file without a folder, ending in .onnx or .safetensors",
        _ when entry.Size is <= 0 or > 1L << 40 => "needs its size in bytes, up to a terabyte",
        _ when !Digests().IsMatch(entry.Sha256) => "needs its sha256: 64 lower-case hexadecimal digits",
        _ when entry.Licence.Length == 0 => "needs its licence",
        _ when entry.Source is not null && !IsAddress(entry.Source) => "has a source that is no http or https address",
        { Input: { } input } when input.Height < 1 || input.Width < 1 || Channels(input.Order) is not int channels || input.Mean.IsDefault || input.Deviation.IsDefault ||
            input.Mean.Length != channels || input.Deviation.Length != channels || input.Deviation.Any(value => !(value > 0)) =>
            "has an input that needs the order RGB, BGR or grey, a mean and a deviation above 0 per channel, height and width",
        _ => null,
    };

    private static int? Channels(string order) => order switch { "RGB" or "BGR" => 3, "grey" => 1, _ => null };

    private static bool IsAddress(string source) => Uri.TryCreate(source, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https");

    private static ModelCatalogue Sorted(IEnumerable<CatalogueEntry> entries) => new([.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)]);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex Names();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Digests();
}
