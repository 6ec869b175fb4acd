using System.Globalization;
using MedTune.Graphs.Architectures;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>The extents of a network over DNA and how it is trained.</summary>
internal sealed record DnaRecipe
{
    private const string Numbers = "recipe";
    private const int ShortSequence = 120;
    private const int LeastSteps = 500;

    // Longer sequences are pooled more, and fewer of them make a step, so that neither weights nor memory grow with them.
    private const int MostPlaces = 512;
    private const int LettersOfStep = 1 << 17;
    private const int DnaTransformerPositions = 512;

    /// <summary>Whether places attend to each other instead of being convolved.</summary>
    public bool Attends { get; init; }

    /// <summary>Channels.</summary>
    public int Width { get; init; } = 48;

    /// <summary>Letters of the first filters.</summary>
    public int Motif { get; init; } = 11;

    /// <summary>Dilated blocks.</summary>
    public int Blocks { get; init; } = 3;

    /// <summary>Letters pooled into one place.</summary>
    public int Pool { get; init; } = 4;

    /// <summary>Channels that keep their place.</summary>
    public int Places { get; init; } = 16;

    /// <summary>Times that every sequence is seen.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Sequences of a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>The highest learning rate.</summary>
    public double Rate { get; init; } = 3e-3;

    /// <summary>Share of values that are dropped before the classifier's layers.</summary>
    public double Dropout { get; init; } = 0.3;

    /// <summary>Epochs at the beginning in which only the head of a pretrained network moves.</summary>
    public int HeadEpochs { get; init; }

    /// <summary>The most places that a sequence is shifted by.</summary>
    public int Shift { get; init; }

    /// <summary>Share of letters that are changed.</summary>
    public double Mutation { get; init; } = 0.05;

    /// <summary>Whether training sees either strand and the model answers the mean of both.</summary>
    public bool BothStrands { get; init; }

    /// <summary>What changes in a sequence while it is learned from.</summary>
    public DnaAugmentation Augmentation => new(Shift, Mutation, BothStrands);

    /// <summary>The recipe for a set.</summary>
    /// <param name="length">Letters of the longest sequence.</param>
    /// <param name="rows">Sequences to learn from.</param>
    /// <param name="probe">What linear models say of it.</param>
    /// <param name="start">The network that training begins with; null to begin from nothing.</param>
    public static DnaRecipe For(int length, int rows, SequenceProbe probe, DnaPretrainingResult? start)
    {
        int batch = Math.Clamp(LettersOfStep / length, 1, rows >= 2000 ? 64 : rows >= 400 ? 32 : 16);
        var recipe = new DnaRecipe
        {
            Pool = PoolOf(length, length <= ShortSequence ? 2 : 4),
            Batch = batch,
            Epochs = Math.Clamp((LeastSteps * batch / Math.Max(1, rows)) + 1, 15, 60),
            Shift = probe.PlaceMatters ? 0 : Math.Min(length / 20, 20),
            BothStrands = probe.StrandsAreAlike,
        };
        return start is null ? recipe : recipe with
        {
            Attends = start.Model == DnaPretrainingOptions.Transformer,
            Width = start.Width,
            Motif = start.Motif,
            Blocks = start.Blocks,
            Pool = PoolOf(length, start.Pool),
            HeadEpochs = 2,
        };
    }

    /// <summary>What a finished fit keeps of it.</summary>
    public void Write(FitRecord record) => record[Numbers] = [Width, Motif, Blocks, Pool, Places, Epochs, Batch, Rate, Dropout, HeadEpochs, Shift, Mutation, BothStrands ? 1 : 0, Attends ? 1 : 0];

    /// <summary>What was kept.</summary>
    public static DnaRecipe Read(FitRecord record)
    {
        double[] kept = record[Numbers];
        return new DnaRecipe
        {
            Width = (int)kept[0],
            Motif = (int)kept[1],
            Blocks = (int)kept[2],
            Pool = (int)kept[3],
            Places = (int)kept[4],
            Epochs = (int)kept[5],
            Batch = (int)kept[6],
            Rate = kept[7],
            Dropout = kept[8],
            HeadEpochs = (int)kept[9],
            Shift = (int)kept[10],
            Mutation = kept[11],
            BothStrands = kept[12] == 1,
            Attends = kept[13] == 1,
        };
    }

    /// <summary>The network that classifies.</summary>
    /// <param name="data">Length and classes.</param>
    /// <param name="seed">Seed of the first weights; null for zeros.</param>
    public Architecture Network(GeneData data, ulong? seed) => Attends
        ? DnaTransformer.Build(new DnaTransformerOptions
        {
            Length = data.Length,
            Width = Width,
            Motif = Motif,
            Depth = Blocks,
            Pool = Math.Min(Pool, data.Length),
            Positions = Math.Max(DnaTransformerPositions, data.Length / Math.Min(Pool, data.Length)),
            Places = Places,
            Dropout = (float)Dropout,
            Classes = data.Margins,
            Seed = seed,
        })
        : DnaNetwork.Build(new DnaNetworkOptions
        {
            Length = data.Length,
            Width = Width,
            Motif = Motif,
            Blocks = Blocks,
            Pool = Math.Min(Pool, data.Length),
            Places = Places,
            Dropout = (float)Dropout,
            Classes = data.Margins,
            ReadsTokens = true,
            Seed = seed,
        });

    /// <summary>For people.</summary>
    /// <param name="networks">How many there are.</param>
    public string Told(int networks)
    {
        string kind = Attends ? "attention" : "convolutions", strands = BothStrands ? "both strands" : "one strand";
        string shift = Shift == 0 ? "no shift" : string.Create(CultureInfo.InvariantCulture, $"shift up to {Shift}");
        return string.Create(
            CultureInfo.InvariantCulture, $"{networks} networks of {kind}, width {Width}, {Blocks} blocks, {Epochs} epochs, mutation rate {Mutation}, {shift}, {strands}");
    }

    private static int PoolOf(int length, int wanted) => Math.Max(wanted, (length + MostPlaces - 1) / MostPlaces);
}
