namespace MedTune.Data.Genes;

/// <summary>The genotypes of one record while it is read: for each sample the same number of places, as many as the sample with most copies needs.</summary>
internal sealed class GenotypeColumns(int samples)
{
    /// <summary>Marks a place that a sample with fewer copies does not use.</summary>
    public const short NoCopy = -2;

    private short[] _alleles = [];

    /// <summary>Most copies of a sample so far.</summary>
    public int Copies { get; private set; }

    /// <summary>For each sample whether its order is known.</summary>
    public bool[] Phased { get; } = new bool[samples];

    /// <summary>Keeps the genotype of a sample.</summary>
    public void Set(int sample, ReadOnlySpan<short> alleles, bool isPhased)
    {
        if (alleles.Length > Copies)
        {
            Widen(alleles.Length);
        }

        alleles.CopyTo(_alleles.AsSpan(sample * Copies));
        Phased[sample] = isPhased;
    }

    /// <summary>The places of all samples.</summary>
    public short[] ToArray() => _alleles;

    private void Widen(int copies)
    {
        var wider = new short[samples * copies];
        Array.Fill(wider, NoCopy);
        for (int sample = 0; Copies > 0 && sample < samples; sample++)
        {
            _alleles.AsSpan(sample * Copies, Copies).CopyTo(wider.AsSpan(sample * copies));
        }

        (_alleles, Copies) = (wider, copies);
    }
}
