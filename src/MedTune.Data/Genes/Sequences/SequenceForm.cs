namespace MedTune.Data.Genes;

/// <summary>The forms in which sequences come.</summary>
internal enum SequenceForm
{
    /// <summary>Headers that begin with &gt;.</summary>
    Fasta,

    /// <summary>Headers that begin with @, qualities behind the letters.</summary>
    Fastq,

    /// <summary>A table.</summary>
    Table,
}
