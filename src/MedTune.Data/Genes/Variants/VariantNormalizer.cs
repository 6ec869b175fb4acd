using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>Holds records against a reference and brings each alternate allele into its normal form: split, left-aligned, as short as possible
/// (Tan, Abecasis and Kang, Bioinformatics 2015), so that the same variant is written the same way in every file.</summary>
public sealed class VariantNormalizer
{
    private const int WindowLength = 1 << 12;

    private readonly ReferenceGenome _reference;
    private readonly ContigNames _names;
    private readonly Dictionary<string, string> _found = new(StringComparer.Ordinal);
    private (string Contig, long Start, string Letters) _window = ("", 0, "");

    /// <summary>A normalizer for records of any origin.</summary>
    /// <param name="reference">The reference that the positions belong to.</param>
    /// <param name="names">Which names mean the same contig. Default: null, names must be equal to the letter.</param>
    public VariantNormalizer(ReferenceGenome reference, ContigNames? names = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        (_reference, _names) = (reference, names ?? ContigNames.Exact);
    }

    /// <summary>Letters of REF that could not be held against the reference, because it has N there.</summary>
    public long UncheckedLetters { get; private set; }

    /// <summary>A normalizer for the records of a file whose build and lengths of contigs fit the reference.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="names">Which names mean the same contig. Default: null, names must be equal to the letter.</param>
    /// <exception cref="DataException">The file belongs to another build, or a contig has another length.</exception>
    public static VariantNormalizer For(VcfReader reader, ReferenceGenome reference, ContigNames? names = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var normalizer = new VariantNormalizer(reference, names);
        if (reader.Build != GenomeBuild.Unknown && reference.Build != GenomeBuild.Unknown && reader.Build != reference.Build)
        {
            throw new DataException($"{reference.Where}: is {reference.Build}, but the variants belong to {reader.Build}: give the reference of the same build.");
        }

        foreach (var contig in reader.Header.Contigs)
        {
            if (contig.Length is { } length && normalizer._names.Find(contig.Name, reference.Names) is { } name && reference.Find(name).Length != length)
            {
                throw new DataException($"{reference.Where}: {ReferenceGenome.Shown(name)} has {reference.Find(name).Length} letters, but the header of the variants says {length}: give the reference that the variants were called on.");
            }
        }

        return normalizer;
    }

    /// <summary>Holds REF against the reference.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="DataException">The contig is unknown, the place does not exist, or the letters differ.</exception>
    public void Check(VcfRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        string contig = Contig(record);
        long length = _reference.Find(contig).Length;
        if (record.Position == 0 || record.Position == length + 1)
        {
            return; // the telomeres have no letters
        }

        if (record.Position - 1 + (long)record.Reference.Length > length)
        {
            throw Mismatch(record, $"lies beyond the end of {ReferenceGenome.Shown(contig)}, which has {length} letters in {_reference.Where}");
        }

        for (int i = 0; i < record.Reference.Length; i++)
        {
            char expected = Letter(contig, record.Position - 1 + i);
            UncheckedLetters += expected == 'N' ? 1 : 0;
            if (!Nucleotides.CanBe((byte)expected, (byte)record.Reference[i]))
            {
                throw Mismatch(record, $"has {char.ToUpperInvariant(record.Reference[i])} as the {i + 1}. letter of REF where {_reference.Where} has {expected}");
            }
        }
    }

    /// <summary>The alternate alleles of a record, each in its normal form. REF is held against the reference first.</summary>
    /// <param name="record">The record.</param>
    /// <returns>One for each alternate allele, in their order.</returns>
    /// <exception cref="DataException">REF does not fit the reference.</exception>
    public ImmutableArray<NormalizedVariant> Normalize(VcfRecord record)
    {
        Check(record);
        string contig = Contig(record);
        var variants = ImmutableArray.CreateBuilder<NormalizedVariant>(record.Alternates.Length);
        for (int i = 0; i < record.Alternates.Length; i++)
        {
            string alternate = record.Alternates[i];
            bool isSequence = VcfText.IsCodes(alternate) && record.Position > 0;
            variants.Add(isSequence
                ? Normal(contig, record.Position, record.Reference.ToUpperInvariant(), alternate.ToUpperInvariant(), i + 1)
                : new NormalizedVariant(new Variant(contig, record.Position, record.Reference, alternate), KindOf(alternate), i + 1));
        }

        return variants.MoveToImmutable();
    }

    private NormalizedVariant Normal(string contig, int position, string reference, string alternate, int number)
    {
        int shorter = Math.Min(reference.Length, alternate.Length);
        int end = 0;
        while (end < shorter && reference[^(end + 1)] == alternate[^(end + 1)])
        {
            end++;
        }

        int start = 0;
        while (start < shorter - end && reference[start] == alternate[start])
        {
            start++;
        }

        (string removed, string added) = (reference[start..^end], alternate[start..^end]);
        if (removed.Length == 0 && added.Length == 0)
        {
            return new NormalizedVariant(new Variant(contig, position, reference, alternate), VariantKind.None, number);
        }

        if (removed.Length > 0 && added.Length > 0)
        {
            var kind = removed.Length == 1 && added.Length == 1 ? VariantKind.Substitution : VariantKind.Complex;
            return new NormalizedVariant(new Variant(contig, position + start, removed, added), kind, number);
        }

        bool isDeletion = removed.Length > 0;
        (int at, string letters) = ShiftLeft(contig, position + start, isDeletion ? removed : added);

        // The letter in front shows the place; where there is none, the letter behind does.
        long behind = at - 1 + (isDeletion ? letters.Length : 0);
        string anchor = at > 1 ? Letter(contig, at - 2).ToString() : behind < _reference.Find(contig).Length ? Letter(contig, behind).ToString() : "";
        string longer = at > 1 ? anchor + letters : letters + anchor;
        int written = Math.Max(at - 1, 1);
        return new NormalizedVariant(
            isDeletion ? new Variant(contig, written, longer, anchor) : new Variant(contig, written, anchor, longer),
            isDeletion ? VariantKind.Deletion : VariantKind.Insertion,
            number);
    }

    /// <summary>Moves removed or added letters to the left as long as the sequence stays the same: the letter in front must equal the last one, which then goes to the front.</summary>
    private (int At, string Letters) ShiftLeft(string contig, int at, string letters)
    {
        int turned = 0;
        while (at > 1 && Letter(contig, at - 2) is var before && before != 'N' && before == letters[letters.Length - 1 - (turned % letters.Length)])
        {
            at--;
            turned++;
        }

        int cut = letters.Length - (turned % letters.Length);
        return (at, letters[cut..] + letters[..cut]);
    }

    private char Letter(string contig, long index)
    {
        long offset = index - _window.Start;
        if (_window.Contig != contig || offset < 0 || offset >= _window.Letters.Length)
        {
            // Mostly read forwards, sometimes shifted left: the window begins somewhat in front.
            long length = _reference.Find(contig).Length;
            long start = Math.Max(0, Math.Min(index - (WindowLength / 4), length - WindowLength));
            _window = (contig, start, _reference.Letters(contig, start, (int)Math.Min(WindowLength, length - start)));
            offset = index - start;
        }

        return _window.Letters[(int)offset];
    }

    private string Contig(VcfRecord record)
    {
        if (!_found.TryGetValue(record.Chromosome, out string? contig))
        {
            contig = _names.Find(record.Chromosome, _reference.Names)
                ?? throw Mismatch(record, $"names the chromosome {ReferenceGenome.Shown(record.Chromosome)}, which {_reference.Where} does not have{Hint(record.Chromosome)}");
            _found[record.Chromosome] = contig;
        }

        return contig;
    }

    private string Hint(string name) => ContigNames.IgnoringChr.Find(name, _reference.Names) is { } other
        ? $" (it has {ReferenceGenome.Shown(other)}: say so if both mean the same)"
        : "";

    private static VariantKind KindOf(string alternate) => alternate switch
    {
        "*" => VariantKind.Spanned,
        ['<', ..] => VariantKind.Symbolic,
        _ => VariantKind.Breakend,
    };

    private static DataException Mismatch(VcfRecord record, string what) => new(
        $"Line {record.Line} of the variants, position {record.Position} of {ReferenceGenome.Shown(record.Chromosome)}, {what}: give the reference that the variants were called on.");
}
