using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data.Augmentation;

/// <summary>A loss of quality as other scanners, transfers and archives bring it, at five levels that are the same for every picture.</summary>
/// <remarks>Kinds after Hendrycks and Dietterich, ICLR 2019; the levels are milder, because medical pictures are taken with care. The losses are those of <see cref="AugmentationRegistry"/>.</remarks>
public sealed class PictureDegradation
{
    /// <summary>Levels above the picture as it is.</summary>
    public const int Levels = 5;

    // Policies number their steps from 0 and use 255 for the one that is drawn.
    private const int Step = 254;

    private readonly ImmutableArray<double> _amounts;
    private readonly Func<double, string> _words;
    private readonly Action<TrainingPicture, AugmentationDraw, double> _apply;

    private PictureDegradation(string name, ImmutableArray<double> amounts, Func<double, string> words, Action<TrainingPicture, AugmentationDraw, double> apply) =>
        (Name, _amounts, _words, _apply) = (name, amounts, words, apply);

    /// <summary>Noise, blur, loss of contrast, JPEG and loss of resolution.</summary>
    public static ImmutableArray<PictureDegradation> All { get; } =
    [
        new("noise", [0.02, 0.05, 0.1, 0.15, 0.2], amount => Text($"{amount * 100:0.#}% of the range"), Noise.Add),
        new("blur", [0.005, 0.01, 0.015, 0.02, 0.03], amount => Text($"{amount * 100:0.#}% of the side"), (picture, _, amount) => Blur.By(picture, amount)),
        new("contrast", [0.8, 0.65, 0.5, 0.35, 0.2], amount => Text($"{amount * 100:0}% is left"), (picture, _, amount) => Contrast.By(picture, amount)),
        new("jpeg", [80, 50, 25, 15, 10], amount => Text($"quality {amount:0}"), (picture, _, amount) => JpegLoss.To(picture, amount)),
        new("resolution", [2, 3, 4, 6, 8], amount => Text($"1 pixel for {amount * amount:0}"), (picture, _, amount) => PictureBlocks.Average(picture, (int)amount)),
    ];

    /// <summary>A short name: <c>noise</c>, <c>blur</c>, <c>contrast</c>, <c>jpeg</c>, <c>resolution</c>.</summary>
    public string Name { get; }

    /// <summary>What a level does, in a few words.</summary>
    /// <param name="level">1 to <see cref="Levels"/>.</param>
    public string Describe(int level) => _words(_amounts[level - 1]);

    /// <summary>Degrades a picture in place.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="level">1 to <see cref="Levels"/>.</param>
    /// <param name="seed">The run's seed; only noise is drawn.</param>
    /// <param name="sample">The sample's number.</param>
    public void Apply(TrainingPicture picture, int level, ulong seed, long sample)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, Levels);
        _apply(picture, new AugmentationDraw(seed, level, sample, Step), _amounts[level - 1]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
