namespace MedTune.Data.Genes;

/// <summary>The rules between lines: a chromosome's lines stand together, in order of position, and no variant is there twice, however it is written.</summary>
internal sealed class VcfOrderRules(VcfFaults faults, int minor)
{
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);
    private readonly HashSet<(int Position, string Change)> _variants = [];
    private readonly PriorityQueue<(int Position, string Change), int> _byPosition = new();
    private string? _chromosome;
    private int _position;

    /// <summary>Checks a record against those before it.</summary>
    public void Check(VcfRecord record)
    {
        if (minor > 3)
        {
            return; // later versions do not ask for it
        }

        string chromosome = record.Chromosome[0] == '<' ? record.Chromosome[1..^1] : record.Chromosome; // the assembly file's contig of the same name
        if (chromosome != _chromosome)
        {
            if (_closed.Contains(chromosome))
            {
                faults.Formal(record.Line, "goes back to a chromosome whose lines had ended");
            }

            if (_chromosome is not null && _closed.Count < 1 << 20)
            {
                _closed.Add(_chromosome);
            }

            (_chromosome, _position) = (chromosome, 0);
            _variants.Clear();
            _byPosition.Clear();
        }

        if (record.Position < _position)
        {
            faults.Formal(record.Line, "has a smaller POS than the line before");
        }

        _position = record.Position;
        while (_byPosition.TryPeek(out var oldest, out int at) && at < _position)
        {
            _variants.Remove(oldest); // no later line can be the same variant
            _byPosition.Dequeue();
        }

        foreach (string alternate in record.Alternates.Where(alternate => VcfText.IsBases(alternate)))
        {
            (int position, string reference, string other) = VariantTrimming.Trim(record.Position, record.Reference, alternate);
            var variant = (position, $"{reference.ToUpperInvariant()}>{other.ToUpperInvariant()}");
            if (_variants.Add(variant))
            {
                _byPosition.Enqueue(variant, position);
            }
            else
            {
                faults.Formal(record.Line, "has a variant that a line before has too, perhaps written with other letters around it");
            }
        }
    }
}
