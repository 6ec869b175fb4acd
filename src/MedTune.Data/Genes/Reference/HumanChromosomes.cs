namespace MedTune.Data.Genes;

/// <summary>Names and lengths of the human chromosomes (Genome Reference Consortium).</summary>
internal static class HumanChromosomes
{
    private static readonly string[] Names =
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "X", "Y"];

    private static readonly long[] Lengths37 =
    [
        249250621, 243199373, 198022430, 191154276, 180915260, 171115067, 159138663, 146364022, 141213431, 135534747, 135006516, 133851895,
        115169878, 107349540, 102531392, 90354753, 81195210, 78077248, 59128983, 63025520, 48129895, 51304566, 155270560, 59373566,
    ];

    private static readonly long[] Lengths38 =
    [
        248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636, 138394717, 133797422, 135086622, 133275309,
        114364328, 107043718, 101991189, 90338345, 83257441, 80373285, 58617616, 64444167, 46709983, 50818468, 156040895, 57227415,
    ];

    /// <summary>The name without <c>chr</c>, the mitochondrial one as <c>MT</c>.</summary>
    public static string Plain(string name)
    {
        string plain = name.StartsWith("chr", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        return plain is "M" or "m" or "mt" ? "MT" : plain;
    }

    /// <summary>The naming of these contigs.</summary>
    public static ChromosomeNaming NamingOf(IEnumerable<string> contigs)
    {
        (bool hasPlain, bool hasChr) = (false, false);
        foreach (string name in contigs)
        {
            bool isHuman = Array.IndexOf(Names, Plain(name)) >= 0 || Plain(name) == "MT";
            bool isChr = name.StartsWith("chr", StringComparison.Ordinal);
            (hasPlain, hasChr) = (hasPlain || (isHuman && !isChr), hasChr || (isHuman && isChr));
        }

        return (hasPlain, hasChr) switch
        {
            (true, true) => ChromosomeNaming.Mixed,
            (true, false) => ChromosomeNaming.Plain,
            (false, true) => ChromosomeNaming.Chr,
            _ => ChromosomeNaming.Unknown,
        };
    }

    /// <summary>The build these lengths belong to; unknown where they belong to none or to both.</summary>
    public static GenomeBuild BuildOf(IEnumerable<(string Name, long? Length)> contigs)
    {
        (int of37, int of38) = (0, 0);
        foreach ((string name, long? length) in contigs)
        {
            int index = length is null ? -1 : Array.IndexOf(Names, Plain(name));
            of37 += index >= 0 && Lengths37[index] == length ? 1 : 0;
            of38 += index >= 0 && Lengths38[index] == length ? 1 : 0;
        }

        return (of37 > 0, of38 > 0) switch
        {
            (true, false) => GenomeBuild.GRCh37,
            (false, true) => GenomeBuild.GRCh38,
            _ => GenomeBuild.Unknown,
        };
    }

    /// <summary>The build that a header's text names; unknown where it names none or both.</summary>
    public static GenomeBuild BuildNamedIn(string text)
    {
        bool is37 = Has(text, "GRCh37", "hg19", "b37", "hs37d5", "g1k_v37", "v37");
        bool is38 = Has(text, "GRCh38", "hg38", "b38", "hs38");
        return is37 == is38 ? GenomeBuild.Unknown : is37 ? GenomeBuild.GRCh37 : GenomeBuild.GRCh38;
    }

    private static bool Has(string text, params string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
