namespace MedTune.Data.Genes;

/// <summary>The codes of the findings that reading and checking genes can give.</summary>
public static class GeneFindingCodes
{
    /// <summary>Which of two classes is the positive one was decided by rule.</summary>
    public const string PositiveClass = "positive-class";

    /// <summary>Records without a single letter were left out.</summary>
    public const string EmptySequences = "empty-sequences";

    /// <summary>Names are there more than once.</summary>
    public const string RepeatedNames = "repeated-names";

    /// <summary>Sequences hold letters that stand for several bases.</summary>
    public const string AmbiguousLetters = "ambiguous-letters";

    /// <summary>Letters were in lower case.</summary>
    public const string SoftMasked = "soft-masked";

    /// <summary>U was read as T.</summary>
    public const string Rna = "rna-letters";

    /// <summary>Sequences were written as k-mers and joined again.</summary>
    public const string Kmers = "k-mers";

    /// <summary>The same sequence, or its reverse complement, is there more than once.</summary>
    public const string SameSequences = "same-sequences";

    /// <summary>The same sequence has two labels.</summary>
    public const string ContradictingSequences = "sequences-with-two-labels";

    /// <summary>Sequences are almost the same.</summary>
    public const string SimilarSequences = "similar-sequences";

    /// <summary>The length of a sequence alone tells the label.</summary>
    public const string LengthTellsLabel = "length-tells-label";

    /// <summary>The share of G and C alone tells the label.</summary>
    public const string GcTellsLabel = "gc-tells-label";

    /// <summary>A rule of the file's own format is broken in a way that does not change what is read.</summary>
    public const string VcfRule = "vcf-rule";

    /// <summary>A variant is there more than once, perhaps written in another way.</summary>
    public const string RepeatedVariants = "repeated-variants";

    /// <summary>Variants failed a filter.</summary>
    public const string FilteredVariants = "filtered-variants";

    /// <summary>Variants have no genotypes.</summary>
    public const string WithoutGenotypes = "variants-without-genotypes";

    /// <summary>Alternate alleles are no change of letters.</summary>
    public const string OtherAlleles = "other-alleles";

    /// <summary>Samples have nearly the same genotypes.</summary>
    public const string AlikeSamples = "alike-samples";

    /// <summary>Samples with nearly the same genotypes have two labels.</summary>
    public const string ContradictingSamples = "alike-samples-with-two-labels";

    /// <summary>Variants are the same in all samples.</summary>
    public const string ConstantVariants = "constant-variants";

    /// <summary>Variants are unknown in many samples.</summary>
    public const string UncalledVariants = "uncalled-variants";

    /// <summary>Samples of one file are not in the other.</summary>
    public const string UnmatchedSamples = "unmatched-samples";

    /// <summary>Samples are there more than once.</summary>
    public const string RepeatedSamples = "repeated-samples";

    /// <summary>Genes are there more than once.</summary>
    public const string RepeatedGenes = "repeated-genes";

    /// <summary>Gene names were turned into dates by a spreadsheet.</summary>
    public const string DamagedGeneNames = "damaged-gene-names";

    /// <summary>Columns of a matrix that are no measurements.</summary>
    public const string TextColumns = "text-columns";

    /// <summary>Values are missing.</summary>
    public const string MissingValues = "missing-values";

    /// <summary>How a matrix lies (genes in rows or in columns) was told by its samples.</summary>
    public const string Orientation = "matrix-orientation";

    /// <summary>Rows or columns are the controls of a platform, not genes.</summary>
    public const string ControlProbes = "control-probes";

    /// <summary>Variants of chromosomes that do not come in pairs, or samples with one copy.</summary>
    public const string Haploid = "haploid-genotypes";

    /// <summary>Which build of the genome was used is not known, or is known from the lengths of chromosomes.</summary>
    public const string Build = "genome-build";

    /// <summary>Samples have exactly the same measurements.</summary>
    public const string SameMeasurements = "same-measurements";

    /// <summary>Samples with exactly the same measurements have two labels.</summary>
    public const string ContradictingMeasurements = "same-measurements-with-two-labels";

    /// <summary>Samples are related by their genotypes.</summary>
    public const string RelatedSamples = "related-samples";

    /// <summary>Variants of a polygenic score have no position.</summary>
    public const string ScoreWithoutPosition = "score-without-position";

    /// <summary>How many variants of a polygenic score are among the genotypes.</summary>
    public const string ScoreFound = "score-variants";

    /// <summary>Variants of a polygenic score whose strand cannot be told.</summary>
    public const string ScoreAmbiguous = "score-ambiguous-variants";

    /// <summary>Where or when samples were measured tells the label.</summary>
    public const string BatchTellsLabel = "batch-tells-label";

    /// <summary>The measurements tell where or when samples were measured.</summary>
    public const string MeasurementsTellBatch = "measurements-tell-batch";
}
